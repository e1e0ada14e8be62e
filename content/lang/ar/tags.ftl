# الوسوم

tags-title = وسوم { $number }
tags-here = الوسوم
tags-none = ليس له وسوم.
tags-none-how = اختر وسمًا من تصنيف، أو اكتب كلمة حرة.
tags-add = إضافة وسم
tags-choose = من تصنيف
tags-choose-none = بلا اختيار
tags-own = أو كلمة حرة
tags-hint = كلمة مثل «ميناء-الشرق»، أو وسم آلي مثل workflow:state="needs-review". تُوحَّد الأحرف الكبيرة والمسافات. وما لا يكون له إلا قيمة واحدة تبقى أحدثها.
tags-one = الوسم
tags-edit = تغيير الوسوم
tags-do-add = إضافة الوسم
tags-do-remove = إزالة
tags-do-remove-which = إزالة { $tag }
tags-did-add = أُضيف الوسم.
tags-did-remove = أُزيل الوسم.
tags-bulk-add = إضافة الوسم { $tag }
tags-bulk-remove = إزالة الوسم { $tag }
