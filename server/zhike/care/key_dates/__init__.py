"""重要日期: when a contract ends, a birthday comes, a cooperation has its anniversary (R28).

They follow from the files: `deriving` says which, `refreshing` keeps them, `reading` tells them,
`reminding` has their owners told.
"""
