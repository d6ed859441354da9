"""What stories are made of: Markdown made safe, the blocks of a body, and the rows that queries hand out."""
