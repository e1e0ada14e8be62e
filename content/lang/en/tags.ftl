# Tags

tags-title = Tags of { $number }
tags-here = Tags
tags-none = It has no tags.
tags-none-how = Choose one of a taxonomy, or write a word of your own.
tags-add = Add a tag
tags-choose = From a taxonomy
tags-choose-none = None
tags-own = Or a word of your own
tags-hint = A word such as port-authority, or a machine tag such as workflow:state="needs-review". Capital letters and spaces are made one form. Of what there can be one only, the newest stays.
tags-one = Tag
tags-edit = Change the tags
tags-do-add = Add the tag
tags-do-remove = Take it off
tags-do-remove-which = Take { $tag } off
tags-did-add = The tag is there.
tags-did-remove = The tag was taken off.
tags-bulk-add = Add the tag { $tag }
tags-bulk-remove = Take the tag { $tag } off
