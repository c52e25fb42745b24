"""Writing disclosure files, one writer a notation: from what was read to text or a workbook, and templates.

Here lives what turns statements into bytes, the other way round than `reading/`. Nothing is ever left out in
silence: what a notation cannot hold is refused.
"""
