"""Reading disclosure files, one reader a notation, each value with its line and column.

Here lives what turns bytes into values or statements with places. Whether they are right is judged elsewhere.
"""
