# أوراق الإجابات، وما يأتي من خارج النظام وما يخرج منه.
exchange-title = الأوراق والتصدير: { $subject }
exchange-link = الأوراق والتصدير
exchange-conflicts = في انتظار قرار
exchange-conflicts-hint = عادت ورقة بغير ما قاله المجيب بعد إصدارها، أو جاء جدول بغير ما أجاب به صاحب حساب بنفسه. لا يُستبدل شيء تلقائيًا: اختر لكل بند.
exchange-conflicts-none = لا توجد ورقة ولا جدول يخالف ما قيل.
exchange-kept = المحفوظ
exchange-came = في الورقة أو الجدول
exchange-said-at = قيل
exchange-issued-at = صدرت
exchange-brought-at = عادت
exchange-decide = اتخاذ القرار
exchange-do-keep = إبقاء المحفوظ
exchange-do-take = الأخذ بما جاء
exchange-did-settle = اتُّخذ القرار.
exchange-issue = إصدار ورقة
exchange-issue-hint = يملؤها مجيب واحد دون هذا الخادم، في أي برنامج جداول، ثم يعيدها. وهي مختومة: فكل سؤال معدّل أو تقييم آخر يُكتشف. ومن لم يكن مجيبًا يصبح مجيبًا.
exchange-issue-get = تنزيل الورقة
exchange-back = استلام ورقة
exchange-back-hint = تؤخذ الإجابات الجديدة، وتُذكر المعدّلة في السجل، ولا يُستبدل شيء مما قيل بعد الإصدار. وتسليم الورقة نفسها مرتين لا يغيّر شيئًا.
exchange-back-file = الورقة بعد ملئها (XLSX أو CSV)
exchange-back-send = استلام الورقة
exchange-key = المفتاح العام لهذه المنارة
exchange-key-hint = Ed25519 بترميز Base64. من يعرفه يستطيع التحقق في مكان آخر من أن الورقة صدرت هنا.
exchange-did-merge = استُلمت الورقة: الجديد { $new }، المعدّل { $changed }، المماثل { $same }.
exchange-did-merge-conflicts = { $conflicts ->
    [zero] استُلمت الورقة: الجديد { $new }، المعدّل { $changed }، المماثل { $same }. لا إجابات تنتظر قرارًا.
    [one] استُلمت الورقة: الجديد { $new }، المعدّل { $changed }، المماثل { $same }. إجابة واحدة تنتظر قرارًا.
    [two] استُلمت الورقة: الجديد { $new }، المعدّل { $changed }، المماثل { $same }. إجابتان تنتظران قرارًا.
    [few] استُلمت الورقة: الجديد { $new }، المعدّل { $changed }، المماثل { $same }. { $conflicts } إجابات تنتظر قرارًا.
    [many] استُلمت الورقة: الجديد { $new }، المعدّل { $changed }، المماثل { $same }. { $conflicts } إجابة تنتظر قرارًا.
   *[other] استُلمت الورقة: الجديد { $new }، المعدّل { $changed }، المماثل { $same }. { $conflicts } إجابة تنتظر قرارًا.
}
exchange-did-again = سبق أن عادت هذه الورقة؛ لم يتغير شيء.
exchange-did-partly = صفوف مقبولة: { $kept }. صفوف مرفوضة: { $bad }. صحّحها في الورقة وسلّمها من جديد.
exchange-bad = صفوف مرفوضة
exchange-line = الصف
exchange-why = السبب
exchange-found = المكتوب فيها
exchange-row-item = لا يوجد بند كهذا يُجاب عنه؛ اترك عمود البنود كما صدر
exchange-row-twice = ورد البند في صف سابق؛ صف واحد لكل بند
exchange-row-question = السؤال ليس هو الذي صدر؛ أصدر ورقة جديدة أو أعد السؤال كما كان
exchange-row-level = ليس من مستويات السلّم؛ اختر من القائمة
exchange-row-applies = هذا البند ينطبق دائمًا؛ اختر مستوى
exchange-row-state = ليست من حالات الإنجاز؛ اختر من القائمة
exchange-row-comment = التعليق أطول من اللازم؛ 2000 حرف على الأكثر
exchange-row-evidence = اسم الوثيقة لا يزيد على 500 حرف في سطر واحد؛ وتُفصل الوثائق المتعددة بعلامة |
exchange-sheet-bad-large = الملف أكبر من المسموح: 8 ميغابايت و100000 صف على الأكثر
exchange-sheet-bad-damaged = المصنّف تالف؛ افتحه في برنامج جداول واحفظه من جديد بصيغة ‎.xlsx
exchange-sheet-bad-unknown = ليس مصنّفًا (‎.xlsx) ولا ملف CSV بترميز UTF-8؛ احفظه بإحدى الصيغتين
exchange-sheet-bad-no-seal = لا ختم في الملف؛ سلّم الملف الذي صدر محفوظًا بالصيغة نفسها
exchange-sheet-bad-seal-damaged = ختم الورقة تالف؛ أصدرها من جديد
exchange-sheet-bad-seal-foreign = لم تصدر الورقة عن هذه المنارة، أو عُدّل ختمها
exchange-sheet-bad-seal-form = للورقة صيغة لا تعرفها هذه النسخة
exchange-sheet-bad-other-assessment = الورقة تخص تقييمًا آخر
exchange-sheet-bad-other-version = الورقة تتبع نسخة أخرى من الإطار
exchange-sheet-bad-no-column = عمود ناقص؛ يجب أن تبقى أعمدة البنود والأسئلة والمستويات
exchange-out = التنزيل
exchange-out-hint = الإجابات كما هي، في الجدول الذي يمكن تسليمه من جديد؛ والنتائج والفجوات بصيغة OSCAL 1.1 من NIST. ولا تذكر ملفات OSCAL من أجاب، بل المؤسسة التي أجاب عنها.
exchange-out-xlsx = كل الإجابات في مصنّف (XLSX)
exchange-out-csv = كل الإجابات بصيغة CSV
exchange-out-ar = نتائج التقييم (OSCAL، JSON)
exchange-out-poam = خطة العمل والمراحل (OSCAL، JSON)
exchange-catalogue-out = تنزيل الإطار
exchange-sheet-title = الإجابات: { $subject }
exchange-sheet-how = املأ الأعمدة الأربعة ذات العنوان الأصفر، واختر المستويات والحالات من القوائم. احفظ الملف بالصيغة نفسها وأعده. واترك فارغًا ما لا تستطيع الإجابة عنه.
exchange-sheet-choose-title = ليس في القائمة
exchange-sheet-choose = اختر من القائمة أو اترك الخلية فارغة.
exchange-head-item = البند
exchange-head-section = القسم
exchange-head-question = السؤال
exchange-head-help = المساعدة
exchange-head-level = المستوى
exchange-head-state = حالة الإنجاز
exchange-head-comment = التعليق
exchange-head-evidence = الأدلة (عدة أدلة: يفصل بينها |)
exchange-sheet-bad-changed = غُيّرت الإجابات بعد ختمها؛ اطلب من المجيب الملف كما ختمه
exchange-sheet-bad-not-signed = توقيع الإجابات غير صحيح؛ اطلب من المجيب الملف كما ختمه
exchange-brought = أوراق عادت
exchange-bound = ما يثبت الإجابات
exchange-bound-no = غير مختومة
exchange-bound-digest = مختومة ببصمة
exchange-bound-signed = موقّعة
exchange-bound-unknown = غير معروف
exchange-bound-hint = ختم الورقة يقول مَن سُئل وعمَّ سُئل وأن هذه المنارة أصدرتها، ولا يقول مَن أجاب. ويستطيع المجيب ختم إجاباته دون هذا الخادم بالأمر manara assess seal. فإن ختمها بمفتاح انكشف كل تغيير لاحق وظهر المفتاح هنا؛ فقارنه بالمفتاح الذي يخبرك به المجيب.
