# الأطر والتقييمات والتصاميم.
framework-nav = الأطر المرجعية
framework-title = الأطر المرجعية والتقييمات
framework-catalogues = ما يمكن تقييمه
framework-assessments = التقييمات
framework-none = لا تقييمات بعد
framework-none-how = اختر إطارًا من القائمة أدناه واذكر ما يُقيَّم: دولة أو فريق أو مؤسسة.
framework-begin = بدء تقييم
framework-begin-hint = يُحفظ الإطار كما هو اليوم، فيُحتسب التقييم دائمًا بالنص نفسه.
framework-scale = سلّم المستويات
framework-profiles = الملامح المستهدفة
framework-sections = الأقسام
framework-by-section = حسب القسم
framework-radar = الخط المتقطع: المستوى المعلن. المساحة المملوءة: المستوى المدعوم بأدلة جرى فحصها. وفي الجدول الأرقام نفسها.
framework-secondary = من مصدر ثانوي
framework-secondary-long = بعض ما ورد هنا مأخوذ من مصدر ثانوي ولم يُقارن بالأصل بعد.
framework-not-applicable = لا ينطبق
framework-no-answer = بلا جواب
framework-agreed = متفق عليه
framework-apart = إجابات متباعدة
framework-expired = منتهية الصلاحية
framework-state-open = مفتوح
framework-state-closed = مغلق
framework-rule-minima = حدود دنيا لملمح
framework-rule-points = نقاط
framework-rule-status = حالات الإنجاز
framework-rule-coverage = مدى التغطية
framework-rule-minima-how = يُقارن كل بند بالحد الأدنى في الملمح المستهدف. لا يتحقق الملمح إلا إذا لم يقل أي بند عن حده؛ أما المتوسط فمن وضعنا ولا يبيّن إلا الاتجاه.
framework-rule-points-how = النقاط المحققة من النقاط المنطبقة. ما لا ينطبق لا يدخل في البسط ولا المقام، وما لم يُجب عنه أحد يُحسب صفرًا.
framework-rule-status-how = عدد البنود في كل حالة. لا توجد درجة؛ والمتوسط من وضعنا ولا يبيّن إلا الاتجاه.
framework-rule-coverage-how = نسبة المغطى من كل مجموعة: التغطية الكاملة واحد، والجزئية نصف، وعدمها صفر. ويُستبعد ما لا ينطبق.
framework-field-subject = موضوع التقييم
framework-field-catalogue = الإطار
framework-field-edition = الطبعة
framework-field-publisher = الناشر
framework-field-version = النسخة
framework-field-state = الحالة
framework-field-changed = آخر إدخال
framework-field-made = تاريخ البدء
framework-field-tlp = درجة التداول
framework-field-title = العنوان
framework-field-items = البنود
framework-field-rule = القاعدة
framework-field-day = اليوم
framework-field-respondents = المجيبون
framework-field-item = البند
framework-field-claimed = المعلن
framework-field-supported = المدعوم
framework-field-spread = تباعد الإجابات
framework-field-minimum = الحد الأدنى
framework-field-gap = الفجوة
framework-field-rank = الترتيب
framework-field-advice = ما العمل
framework-field-blocks = اللبنات
framework-field-check = ما لا يستقيم
framework-field-about = بشأن
framework-field-grade = الأهمية
framework-field-name = الاسم
framework-field-organisation = المؤسسة
framework-field-role = الصفة فيها
framework-field-answers = الإجابات
framework-field-profile = الملمح المستهدف
framework-field-section = القسم
framework-field-question = السؤال
framework-field-help = مساعدة
framework-field-typical = ما يثبته عادة
framework-field-source = المصدر
framework-field-action = حالة الإنجاز
framework-field-comment = تعليق
framework-field-expires = صالح حتى
framework-field-level = المستوى
framework-field-reason = السبب
framework-field-change = التغير
framework-field-kind = النوع
framework-field-why = السبب
framework-figure-answered = بنود أُجيب عنها
framework-figure-unanswered = بنود بلا جواب
framework-figure-not-applicable = بنود لا تنطبق
framework-figure-percent-claimed = المحقق وفق المعلن
framework-figure-percent-supported = المحقق وفق المدعوم
framework-figure-points-claimed = النقاط المعلنة
framework-figure-points-supported = النقاط المدعومة
framework-figure-points-applicable = النقاط المنطبقة
framework-figure-below = بنود دون حدها الأدنى
framework-figure-unknown-minima = بنود حدها الأدنى غير معروف هنا
framework-figure-mean = متوسط المعلن (من وضعنا، لبيان الاتجاه)
framework-figure-meets-claimed = تحقق الملمح وفق المعلن
framework-figure-meets-supported = تحقق الملمح وفق المدعوم
framework-meets-yes = نعم
framework-meets-no = لا
framework-meets-unknown = لا يمكن الجزم
framework-report-title = تقييم: { $subject }
framework-report-figures = الأرقام
framework-report-profile = المقارنة بالملمح { $profile }.
framework-report-strengths = مواطن القوة
framework-report-no-strengths = لا بند مدعومًا بعد قرب أعلى السلّم.
framework-report-gaps = الفجوات، والأولى بالسد أولًا
framework-report-gaps-how = مرتبة بحسب اتساع الفجوة مضروبًا في أهميتها ومقسومًا على الجهد.
framework-report-no-gaps = لا فجوة معروفة: لا شيء دون هدف معروف.
framework-report-items = كل البنود
framework-report-sources = المصادر
framework-report-language = اللغة
framework-report-form = الصيغة
framework-report-get = تنزيل التقرير
framework-take-away = التقرير
framework-checks = ما لا يستقيم بعضه مع بعض
framework-checks-none = كل شيء متسق.
framework-check-contradiction = أُعلن وجوده وما يتوقف عليه غير موجود
framework-check-state-contradicts = أُعلن مستوى والعمل لم يبدأ
framework-check-evidence-expired = انتهت صلاحية دليل
framework-check-level-without-evidence = أُعلن مستوى دون أي دليل
framework-check-evidence-not-verified = لم يفحص أحد الدليل بعد
framework-check-disagreement = الإجابات متباعدة ولم يُتفق على شيء
framework-check-missing-voice = هناك من لم يجب عن كل شيء
framework-grade-error = لا يمكن
framework-grade-warning = يستحق النظر
framework-grade-info = للعلم
framework-action-none = لا شيء
framework-action-considered = قيد النظر
framework-action-planned = مخطط له
framework-action-in-progress = قيد التنفيذ
framework-action-in-place = قائم
framework-action-reviewed = قائم ويُراجع
framework-one-title = { $subject }
framework-answer-title = الإجابات: { $subject }
framework-moderate-title = إدارة الحوار: { $subject }
framework-design-title = التصميم: { $subject }
framework-compare-title = مقارنة التقييمات
framework-do-answer = الإجابة
framework-do-moderate = إدارة الحوار
framework-do-design = التصميم
framework-do-close = إغلاق التقييم
framework-do-reopen = إعادة فتح التقييم
framework-do-agree = تسجيل ما اتُّفق عليه
framework-do-judge = تسجيل
framework-is-closed = هذا التقييم مغلق: لا تُقبل فيه إجابات.
framework-join = الانضمام مجيبًا
framework-join-hint = تجيب عن نفسك وعن المؤسسة التي تمثلها. ويجيب غيرك إلى جانبك، ولا تمحو إجابةٌ إجابةً أخرى.
framework-save = حفظ
framework-save-next = حفظ ومتابعة
framework-evidence = الأدلة
framework-evidence-hint = اذكر اسم وثيقة أو عنوانها أو سلّم الملف. ويُحتسب بعد أن يفحصه مدير الحوار.
framework-evidence-label = الوثيقة أو العنوان
framework-evidence-file = الملف
framework-evidence-expires = صالح حتى
framework-evidence-add = إضافة الدليل
framework-evidence-remove = سحب
framework-evidence-judged = فُحص
framework-evidence-waits = ينتظر مدير الحوار
framework-moderate-hint = من قال ماذا، ومدى تباعد الإجابات، ومن لم يجب. ما يُسجَّل هنا يحل محل القيمة الوسطى وتبقى الإجابات.
framework-missing = لا جواب من
framework-proves = ما يثبته
framework-proves-nothing = لا يثبت شيئًا بعد
framework-agree-nothing = لا اتفاق
framework-table = إجابات من جدول
framework-table-hint = ملف CSV بهذا الرأس، سطر لكل إجابة. تُحفظ الأسطر السليمة وتُذكر المرفوضة. المستوى الفارغ يعني بلا جواب، وn/a تعني لا ينطبق.
framework-table-file = ملف CSV
framework-table-take = أخذ الإجابات
framework-snapshot = لقطة
framework-snapshots = اللقطات
framework-snapshots-hint = تحفظ اللقطة ما قيل كما هو الآن، ولا تتغير أبدًا.
framework-snapshot-name = اسم اللقطة
framework-snapshot-take = أخذ لقطة
framework-snapshot-shown = أنت ترى لقطة:
framework-snapshot-leave = العودة إلى الوضع الحالي
framework-compare-with-now = قارن بالوضع الحالي
framework-no-voices = لم ينضم أحد بعد.
framework-compare-before = الأسبق
framework-compare-after = اللاحق
framework-compare-do = مقارنة
framework-compare-apart = هذان نموذجان مختلفان ولا شيء يبيّن تساوي بنودهما. لا تُجمع أرقام نماذج مختلفة في رقم واحد أبدًا.
framework-claimed-before = المعلن سابقًا
framework-claimed-after = المعلن لاحقًا
framework-supported-before = المدعوم سابقًا
framework-supported-after = المدعوم لاحقًا
framework-change-better = أفضل
framework-change-worse = أسوأ
framework-change-same = كما هو
framework-change-new = جديد
framework-change-gone = زال
framework-change-open = لم يُجب عنه مرتين
framework-design-hint = أرخص مجموعة كاملة من اللبنات تسد الفجوات: ما تحتاجه كل لبنة موجود في المجموعة، وكل شيء جاهز في وقته. الأرقام مجالات، وتُقارن الميزانية بحدها الأعلى.
framework-design-services = خدمات إضافية، مثل 6.1، 6.2
framework-design-budget = ميزانية السنة الأولى
framework-design-months = الأشهر
framework-design-find = البحث عن تصاميم
framework-design-nothing = لا شيء للتصميم
framework-design-nothing-how = لا فجوة معروفة ولا خدمة مطلوبة. اختر ملمحًا أو اذكر خدمات.
framework-design-alternatives = البدائل جنبًا إلى جنب
framework-design-aim = أقل ما يمكن
framework-design-blocks = اللبنات
framework-design-block = اللبنة
framework-design-unmet = رغبات لم تتحقق
framework-design-wish = الرغبة
framework-aim-first-year = كلفة السنة الأولى
framework-aim-yearly = كلفة السنة التالية
framework-aim-effort = أيام العمل
framework-first-year = السنة الأولى
framework-yearly = كل سنة تالية
framework-days = أيام العمل
framework-weeks = الأسابيع حتى الاكتمال
framework-week = جاهزة في الأسبوع
framework-because = بسبب
framework-needed-by = تحتاجها
framework-staff = الوظائف
framework-range = { $low } إلى { $high }
framework-not-proven = لم يثبت أنه الأقل
framework-payer-member-state = تدفعه الدولة العضو
framework-payer-donor = يدفعه مانح
framework-payer-itu = يدفعه الاتحاد الدولي للاتصالات
framework-payer-nobody = الدافع غير محدد
framework-kind-hardware = عتاد
framework-kind-software = برمجيات
framework-kind-documentation = وثائق
framework-kind-training = تدريب
framework-kind-community = مجتمع وشراكات
framework-unmet-no-block = لا لبنة مذكورة له
framework-unmet-unknown = لا توجد خدمة كهذه
framework-unmet-nobody-provides = لا شيء يوفّر ما يحتاجه
framework-unmet-too-late = لن يجهز إلا بعد هذا العدد من الأسابيع
framework-unmet-over-budget = معه تبلغ كلفة السنة الأولى
framework-did-begin = بدأ التقييم.
framework-did-join = أصبحت الآن من المجيبين.
framework-did-show = أُضيف الدليل وهو ينتظر مدير الحوار.
framework-did-take-back = تم السحب.
framework-did-agree = سُجّل ما اتُّفق عليه.
framework-did-judge = سُجّل ما يثبته الدليل.
framework-did-snapshot = أُخذت اللقطة.
framework-did-close = أُغلق التقييم.
framework-did-reopen = أُعيد فتح التقييم.
framework-did-table-partly = الأسطر المحفوظة: { $kept }. الأسطر المرفوضة: { $refused }. أولها: { $first }
framework-refused = لم يتم: { $why }
framework-refused-not-found = لا يوجد تقييم كهذا.
framework-refused-closed = التقييم مغلق.
framework-refused-name = للاسم من 1 إلى 120 حرفًا في سطر واحد.
framework-refused-text = النص فارغ أو أطول من اللازم.
framework-refused-item = لا يوجد بند كهذا للإجابة.
framework-refused-level = المستوى ليس من السلّم.
framework-refused-applies = هذا البند ينطبق دائمًا.
framework-refused-day = يُكتب اليوم بصيغة 2026-11-22.
framework-refused-clearance = درجة التداول أشد مما يُسمح لك بالاطلاع عليه.
framework-refused-too-many = بلغ العدد أقصاه.
framework-refused-no-evidence = لا يوجد دليل كهذا.
framework-refused-settled = سبق أن قرر أحدهم في ذلك
framework-refused-changed = تغيّر منذ أن رأيته؛ انظر من جديد
framework-refused-no-workshop = لا ورشة كهذه، أو أنها انتهت
framework-refused-name-taken = يجيب شخص آخر بهذا الاسم
framework-refused-link = يبدأ العنوان بـ https:// أو http:// ولا فراغ فيه.
framework-refused-language = اللغة وسم مثل ar أو fr أو en.
framework-refused-figure-moved = تغير الرقم في هذه الأثناء، فانظر إليه من جديد.
framework-refused-circle = لا تحتاج الوظيفة إلى نفسها.
framework-refused-stale = غيّرها غيرك في هذه الأثناء، فانظر ثم أعد المحاولة.
framework-refused-accountable = هناك مساءل آخر عن هذا الهدف، فانزع الدور عنه أولًا.
framework-left-out = { $count ->
    [zero] لا أخطاء.
    [one] استُبعد ملف بسبب خطأ واحد.
    [two] استُبعدت ملفات بسبب خطأين.
    [few] استُبعدت ملفات بسبب { $count } أخطاء.
    [many] استُبعدت ملفات بسبب { $count } خطأ.
   *[other] استُبعدت ملفات بسبب { $count } خطأ.
}
framework-did-answer = { $count ->
    [zero] لم يتغير أي جواب.
    [one] حُفظ جواب واحد جديد أو مختلف.
    [two] حُفظ جوابان جديدان أو مختلفان.
    [few] حُفظت { $count } إجابات جديدة أو مختلفة.
    [many] حُفظ { $count } جوابًا جديدًا أو مختلفًا.
   *[other] حُفظ { $count } جواب جديد أو مختلف.
}
framework-did-table = { $count ->
    [zero] لم يؤخذ أي سطر.
    [one] أُخذ سطر واحد.
    [two] أُخذ سطران.
    [few] أُخذت { $count } أسطر.
    [many] أُخذ { $count } سطرًا.
   *[other] أُخذ { $count } سطر.
}
framework-apart-count = { $count ->
    [zero] لا تباعد
    [one] بند متباعد
    [two] بندان متباعدان
    [few] { $count } بنود متباعدة
    [many] { $count } بندًا متباعدًا
   *[other] { $count } بند متباعد
}
framework-design-count = { $count ->
    [zero] لا لبنات
    [one] لبنة واحدة
    [two] لبنتان
    [few] { $count } لبنات
    [many] { $count } لبنة
   *[other] { $count } لبنة
}
framework-verb-block-applied = طبّق لبنة
framework-verb-block-undone = تراجع عن لبنة
framework-verb-proof-assigned = ذكر من يأتي بإثبات
framework-verb-proof-shown = عرض إثباتًا
framework-verb-proof-accepted = قبل إثباتًا
framework-verb-proof-refused = لم يكفه إثبات
framework-verb-manual-said = قال شيئًا للدليل
framework-verb-document-changed = كتب إجراءً من جديد
framework-verb-document-read = قرأ إجراءً
framework-verb-course-passed = اجتاز دورة
framework-verb-course-tried = حاول دورة
framework-verb-own-proof-accepted = قبل الإثبات الذي عرضه بنفسه
