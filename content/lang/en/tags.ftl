# Tags

tags-title = Tags of { $number }
tags-here = Tags
tags-none = It has no tags.
tags-none-how = Choose one of a taxonomy, or write your own word.
tags-add = Add a tag
tags-choose = From a taxonomy
tags-choose-none = None
tags-own = Or your own word
tags-hint = A word such as port-authority, or a machine tag such as workflow:state="needs-review". Capital letters and spaces are unified. Where only one value is allowed, the newest stays.
tags-one = Tag
tags-edit = Change the tags
tags-do-add = Add the tag
tags-do-remove = Remove
tags-do-remove-which = Remove { $tag }
tags-did-add = The tag was added.
tags-did-remove = The tag was removed.
tags-bulk-add = Add the tag { $tag }
tags-bulk-remove = Remove the tag { $tag }
