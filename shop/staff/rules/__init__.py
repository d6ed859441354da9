"""What staff may do and how they prove who they are: pure rules, without database or clock."""
