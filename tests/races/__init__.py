"""The whole store over real HTTP, under many hands, kill -9 and a processor that fails."""
