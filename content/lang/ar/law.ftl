# مساحة القانون.
law-title = القانون
law-hint = لكل دولة: ما يقوله القانون الوطني في كل مادة من الاتفاقيات، وأين يرد ذلك، وما ينقص، وما تبقى صياغته. ومساحة العمل تقييم بالتغطية: يقول عدة أشخاص إلى أي حد غُطيت المادة، ويدوّن الميسّر ما اتُّفق عليه.
law-none = لا توجد مساحة عمل بعد
law-none-how = ابدأ واحدة أدناه: اذكر اسم الدولة.
law-begin = بدء مساحة عمل
law-nation = الدولة
law-open = مساحة عمل القانون
law-one-title = قانون { $subject }
law-one-hint = التغطية الكاملة واحد، والجزئية نصف، وعدمها صفر، ولا يُحسب ما لا ينطبق. وإلى جانب ما قيل يرد ما قُدّم من أدلة وجرى فحصه.
law-assessment = التقييم
law-by-group = بحسب المجموعة
law-group = المجموعة
law-article = المادة
law-standing = الحال
law-standing-covered = مغطاة
law-standing-partly = مغطاة جزئيًا
law-standing-no = غير مغطاة
law-standing-open = لم يُجب أحد
law-covered-claimed = المغطى بحسب الإجابات
law-covered-supported = المغطى بالأدلة
law-night = نقطة اتصال ليلًا ونهارًا
law-night-ready = { $count ->
    [zero] لا واجبات.
    [one] يُؤدى { $ready } من واجب واحد.
    [two] يُؤدى { $ready } من واجبين.
    [few] يُؤدى { $ready } من { $count } واجبات.
    [many] يُؤدى { $ready } من { $count } واجبًا.
   *[other] يُؤدى { $ready } من { $count } واجب.
}
law-citation = القانون والمادة
law-link = عنوان النص
law-language = لغة النص
law-body = نص الحكم
law-note = ملاحظة صياغة
law-missing = ما ينقص
law-own-standing = كما تراها
law-asked = المطلوب
law-write = الحكم في القانون الوطني
law-provision = الحكم في القانون الوطني
law-written = تاريخ الكتابة
law-before = النص السابق
law-no-advice = عناوين المواد هي عناوينها في الصكوك، وليست الأسئلة رأيًا قانونيًا.
law-did-write = حُفظ النص، ويبقى ما كان قبله محفوظًا.
