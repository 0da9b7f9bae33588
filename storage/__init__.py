"""What Ask First remembers: tables, repositories, one unit of work, and the way up for older databases."""
