# مساحة القانون.
law-title = القانون
law-hint = لكل دولة: ما يقوله القانون الوطني في كل مادة من الاتفاقيات، وأين يوجد، وما الناقص، وما الذي يبقى أن يُصاغ. والمساحة تقييم بالتغطية: يقول عدة أشخاص إلى أي حد غُطيت المادة، ويدوّن الميسّر ما اتُّفق عليه.
law-none = لا مساحة بعد
law-none-how = ابدأ واحدة أدناه: سمِّ الدولة.
law-begin = بدء مساحة
law-nation = الدولة
law-open = مساحة القانون
law-one-title = قانون { $subject }
law-one-hint = الكامل واحد، والجزئي نصف، والمعدوم صفر، وما لا ينطبق لا يُحسب. وبجانب ما قيل يقف ما أُظهر ونُظر فيه.
law-assessment = التقييم
law-by-group = بحسب المجموعة
law-group = المجموعة
law-article = المادة
law-standing = الحال
law-standing-covered = مغطاة
law-standing-partly = جزئيًا
law-standing-no = غير مغطاة
law-standing-open = لم يقل أحد
law-covered-claimed = المغطى بحسب ما قيل
law-covered-supported = المغطى بالأدلة
law-night = جهة اتصال ليلًا ونهارًا
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
law-missing = ما الناقص
law-own-standing = كما تراها
law-asked = المطلوب
law-write = الحكم في القانون الوطني
law-provision = الحكم في القانون الوطني
law-written = كُتب
law-before = ما كان قبله
law-no-advice = عناوين المواد هي عناوين الصكوك، وليست الأسئلة رأيًا قانونيًا.
law-did-write = حُفظ، وما كان قبله محفوظ.
