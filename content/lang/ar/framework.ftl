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
framework-no-answer = بلا إجابة
framework-agreed = متفق عليه
framework-apart = إجابات متباعدة
framework-expired = منتهية الصلاحية
framework-state-open = مفتوح
framework-state-closed = مغلق
framework-rule-minima = الحدود الدنيا لملمح
framework-rule-points = نقاط
framework-rule-status = حالات الإنجاز
framework-rule-coverage = مدى التغطية
framework-rule-minima-how = يُقارن كل بند بحده الأدنى في الملمح المستهدف. ولا يتحقق الملمح إلا إذا لم ينزل أي بند عن حده؛ أما المتوسط فمن وضعنا ولا يبيّن إلا الاتجاه.
framework-rule-points-how = النقاط المحققة من مجموع النقاط المنطبقة. ما لا ينطبق لا يُحسب لا في المحقق ولا في المجموع، وما لم يُجب عنه أحد يُحسب صفرًا.
framework-rule-status-how = عدد البنود في كل حالة. لا توجد درجة إجمالية؛ والمتوسط من وضعنا ولا يبيّن إلا الاتجاه.
framework-rule-coverage-how = نسبة المغطى من كل مجموعة: التغطية الكاملة واحد، والجزئية نصف، وعدمها صفر. ويُستبعد ما لا ينطبق.
framework-field-subject = موضوع التقييم
framework-field-subject-kind = نوع الموضوع
framework-subject-nation = دولة
framework-subject-team = فريق
framework-subject-organisation = مؤسسة
framework-field-catalogue = الإطار
framework-field-edition = الطبعة
framework-field-publisher = الناشر
framework-field-version = النسخة
framework-field-state = الحالة
framework-field-changed = آخر إدخال
framework-field-made = تاريخ البدء
framework-field-tlp = العلامة
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
framework-field-check = ما لا يتّسق
framework-field-about = بشأن
framework-field-grade = الأهمية
framework-field-name = الاسم
framework-field-organisation = المؤسسة
framework-field-role = الصفة فيها
framework-field-answers = الإجابات
framework-field-profile = الملمح المستهدف
framework-profile-usual = مقيسٌ بالملمح «{ $name }» لأن أحدًا لم يختر ملمحًا. اختر أعلاه ملمحًا آخر أو لا شيء.
framework-profile-none = بلا ملمح: لا فجوات
framework-field-section = القسم
framework-field-question = السؤال
framework-field-help = المساعدة
framework-field-typical = ما يثبته عادة
framework-field-source = المصدر
framework-field-action = حالة الإنجاز
framework-field-comment = التعليق
framework-field-expires = صالح حتى
framework-field-level = المستوى
framework-field-reason = السبب
framework-field-change = التغير
framework-field-kind = النوع
framework-field-why = السبب
framework-figure-answered = بنود أُجيب عنها
framework-figure-unanswered = بنود بلا إجابة
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
framework-report-no-strengths = لا يوجد بعد بند مدعوم قرب أعلى السلّم.
framework-report-gaps = الفجوات، وأولاها بالسد في المقدمة
framework-report-gaps-how = مرتبة بحسب اتساع الفجوة مضروبًا في أهميتها ومقسومًا على الجهد.
framework-report-no-gaps = لا فجوة معروفة: لا شيء دون هدف معروف.
framework-report-items = كل البنود
framework-report-sources = المصادر
framework-report-language = اللغة
framework-report-form = الصيغة
framework-report-get = تنزيل التقرير
framework-take-away = التقرير
framework-checks = ما لا يتّسق بعضه مع بعض
framework-checks-none = كل شيء متسق.
framework-check-contradiction = أُعلن وجوده، وما يتوقف عليه غير موجود
framework-check-state-contradicts = أُعلن مستوى ولم يبدأ العمل
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
framework-moderate-title = التيسير: { $subject }
framework-design-title = التصميم: { $subject }
framework-compare-title = مقارنة التقييمات
framework-do-answer = الإجابة
framework-do-moderate = التيسير
framework-do-design = التصميم
framework-do-close = إغلاق التقييم
framework-do-reopen = إعادة فتح التقييم
framework-do-agree = تسجيل ما اتُّفق عليه
framework-do-judge = تسجيل
framework-is-closed = هذا التقييم مغلق: لا تُقبل فيه إجابات.
framework-join = الانضمام بصفة مجيب
framework-join-hint = تجيب عن نفسك وعن المؤسسة التي تمثلها. ويجيب غيرك إلى جانبك، ولا تمحو إجابةٌ إجابةً أخرى.
framework-save = حفظ
framework-save-next = حفظ ومتابعة
framework-evidence = الأدلة
framework-evidence-hint = اذكر اسم وثيقة أو عنوانها أو سلّم الملف. ويُحتسب الدليل بعد أن يفحصه الميسّر.
framework-evidence-label = الوثيقة أو العنوان
framework-evidence-file = الملف
framework-evidence-expires = صالح حتى
framework-evidence-add = إضافة الدليل
framework-evidence-remove = سحب
framework-evidence-replace = استبدالها بنسخة أحدث
framework-evidence-revision = الإصدار { $number }
framework-evidence-judged = فُحص
framework-evidence-waits = ينتظر الميسّر
framework-moderate-hint = من قال ماذا، ومدى تباعد الإجابات، ومن لم يجب. ما يُسجَّل هنا يحل محل القيمة الوسطى للإجابات، وتبقى الإجابات كما هي.
framework-missing = لم يُجب بعد
framework-proves = ما يثبته
framework-proves-nothing = لا يثبت شيئًا بعد
framework-agree-nothing = لا اتفاق
framework-table = إجابات من جدول
framework-table-hint = ملف CSV بهذه الترويسة، وسطر لكل إجابة. تُحفظ الأسطر السليمة وتُذكر المرفوضة. المستوى الفارغ يعني بلا إجابة، وn/a تعني لا ينطبق.
framework-table-file = ملف CSV
framework-table-take = استلام الإجابات
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
framework-compare-apart = هذان نموذجان مختلفان، ولا شيء يبيّن أي بنودهما متكافئة. ولا تُجمع أرقام نماذج مختلفة في رقم واحد أبدًا.
framework-claimed-before = المعلن سابقًا
framework-claimed-after = المعلن لاحقًا
framework-supported-before = المدعوم سابقًا
framework-supported-after = المدعوم لاحقًا
framework-change-better = أفضل
framework-change-worse = أسوأ
framework-change-same = كما هو
framework-change-new = جديد
framework-change-gone = زال
framework-change-open = بلا إجابة في إحدى المرتين
framework-design-hint = أرخص مجموعة مكتملة من اللبنات تسد الفجوات: ما تحتاج إليه كل لبنة موجود في المجموعة، وكل شيء جاهز في وقته. الأرقام نطاقات، وتُقارن الميزانية بحدها الأعلى.
framework-design-services = طلبات أخرى بمعرّفات القدرات أو الخدمات
framework-design-budget = ميزانية السنة الأولى
framework-design-months = المدة بالأشهر
framework-design-constituents = عدد المؤسسات المخدومة
framework-design-hours = ساعات المناوبة
framework-design-ticked = { $count ->
    [zero] الخدمات المطلوبة
    [one] الخدمات المطلوبة: اختيرت خدمة واحدة
    [two] الخدمات المطلوبة: اختيرت خدمتان
    [few] الخدمات المطلوبة: اختيرت { $count } خدمات
    [many] الخدمات المطلوبة: اختيرت { $count } خدمة
   *[other] الخدمات المطلوبة: اختيرت { $count } خدمة
}
framework-design-staffing = المناوبة: { $hours }. المقاعد: { $seats }، وعدد العاملين اللازم لها: { $people }.
framework-design-find = البحث عن تصاميم
framework-design-nothing = لا شيء يُصمَّم
framework-design-nothing-how = لا فجوة معروفة ولم تُطلب خدمة. اختر ملمحًا أو اذكر خدمات.
framework-design-alternatives = البدائل جنبًا إلى جنب
framework-design-aim = ما يُراد تقليله
framework-design-blocks = اللبنات
framework-design-block = اللبنة
framework-design-unmet = طلبات لم تُلبَّ
framework-design-wish = الطلب
framework-aim-first-year = تكلفة السنة الأولى
framework-aim-yearly = تكلفة كل سنة تالية
framework-aim-effort = أيام العمل
framework-first-year = السنة الأولى
framework-yearly = كل سنة تالية
framework-days = أيام العمل
framework-weeks = الأسابيع حتى يكتمل كل شيء
framework-week = جاهزة في الأسبوع
framework-because = بسبب
framework-needed-by = تحتاج إليها
framework-staff = الوظائف
framework-range = من { $low } إلى { $high }
framework-not-proven = لم يثبت أنه الحد الأدنى
framework-payer-member-state = على نفقة الدولة العضو
framework-payer-donor = على نفقة جهة مانحة
framework-payer-itu = على نفقة الاتحاد الدولي للاتصالات
framework-payer-nobody = لم يُحدد من يدفع
framework-payer = من يدفع
framework-payer-said = حُدد لهذا التصميم
framework-payer-usual = عادةً: { $payer }
framework-payers = من يدفع مقابل ماذا
framework-payers-hint = ما تذكره اللبنة عن الجهة الدافعة افتراض. ففي إطار الاتحاد الدولي للاتصالات يكون التقييم وحده على نفقة الاتحاد أو جهة مانحة، أما التصميم والتأسيس والتعزيز فعلى نفقة الدولة العضو أو جهة مانحة. وما اتُّفق عليه خلافًا لذلك يُحدد هنا، ولهذا التصميم وحده.
framework-payers-said = { $count ->
    [zero] لم يُحدد شيء لهذا التصميم: كل لبنة كالمعتاد
    [one] حُدد للبنة واحدة
    [two] حُدد للبنتين
    [few] حُدد لـ{ $count } لبنات
    [many] حُدد لـ{ $count } لبنة
   *[other] حُدد لـ{ $count } لبنة
}
framework-kind-hardware = معدات
framework-kind-software = برمجيات
framework-kind-documentation = وثائق
framework-kind-training = تدريب
framework-kind-community = علاقات وشراكات
framework-unmet-no-block = لا لبنة محددة له
framework-unmet-unknown = لا توجد خدمة بهذا الرقم
framework-unmet-nobody-provides = لا شيء يوفّر ما يحتاج إليه
framework-unmet-too-late = لن يجهز إلا بعد هذا العدد من الأسابيع
framework-unmet-over-budget = معه تبلغ تكلفة السنة الأولى
framework-did-begin = بدأ التقييم.
framework-did-join = أصبحت الآن من المجيبين.
framework-did-show = أُضيف الدليل وهو ينتظر الميسّر.
framework-did-take-back = تم السحب.
framework-did-show-again = عاد الدليل إلى مكانه.
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
framework-refused-item = لا يوجد بند كهذا يُجاب عنه.
framework-refused-level = المستوى ليس من السلّم.
framework-refused-applies = هذا البند ينطبق دائمًا.
framework-refused-day = يُكتب اليوم بصيغة 2026-11-22.
framework-refused-clearance = العلامة أشد مما يحق لك الاطلاع عليه.
framework-refused-too-many = بلغ العدد أقصاه.
framework-refused-no-evidence = لا يوجد دليل كهذا.
framework-refused-settled = سبق أن اتُّخذ قرار في ذلك
framework-refused-changed = تغيّر بعد أن رأيته؛ انظر إليه من جديد
framework-refused-no-workshop = لا توجد ورشة كهذه، أو أنها انتهت
framework-refused-name-taken = يجيب شخص آخر بهذا الاسم وعن هذه المؤسسة. راجع الميسّر، أو اذكر قسمك في المؤسسة أيضًا.
framework-refused-withdrawn = استبعد الميسّر هذا المجيب، فلا تُحتسب إجاباته.
framework-refused-no-respondent = لا يوجد مجيب كهذا.
framework-refused-link = يبدأ العنوان بـ https:// أو http:// ولا فراغ فيه.
framework-refused-language = تُكتب اللغة برمزها، مثل ar أو fr أو en.
framework-refused-figure-moved = تغير الرقم في هذه الأثناء، فانظر إليه من جديد.
framework-refused-circle = لا يمكن أن تحتاج الوظيفة إلى نفسها.
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
framework-verb-block-undone = تراجع عن تطبيق لبنة
framework-verb-post-filled = شغّل منصبًا في الفريق
framework-verb-post-left = أخلى منصبًا في الفريق
framework-verb-proof-assigned = حدّد من يأتي بإثبات
framework-verb-proof-shown = عرض إثباتًا
framework-verb-proof-accepted = قبل إثباتًا
framework-verb-proof-refused = عدّ إثباتًا غير كافٍ
framework-verb-manual-said = أضاف شيئًا إلى الدليل
framework-verb-document-changed = كتب إجراءً من جديد
framework-verb-document-read = قرأ إجراءً
framework-verb-course-passed = اجتاز دورة
framework-verb-course-tried = حاول اجتياز دورة

framework-verb-assessment-begun = بدأ تقييمًا
framework-verb-assessment-closed = أغلق تقييمًا
framework-verb-assessment-reopened = أعاد فتح تقييم
framework-verb-assessment-edited = عدّل موضوع تقييم أو علامته
framework-verb-respondent-joined = انضم مجيبًا
framework-verb-respondent-claimed = تسلّم مجيبًا بلا حساب
framework-verb-respondent-withdrawn = استبعد مجيبًا
framework-verb-respondent-restored = أعاد احتساب مجيب
framework-verb-answers-given = أجاب في تقييم
framework-verb-evidence-added = أرفق دليلًا
framework-verb-evidence-removed = سحب دليلًا
framework-verb-evidence-judged = قيّم دليلًا
framework-verb-figure-accepted = قبل رقمًا دليلًا
framework-verb-consensus-recorded = سجّل ما اتُّفق عليه
framework-verb-consensus-taken-back = تراجع عما اتُّفق عليه
framework-verb-snapshot-taken = أخذ لقطة
framework-verb-sheet-issued = أصدر ورقة إجابة
framework-verb-sheet-merged = ضمّ ورقة إجابة
framework-verb-conflict-settled = حسم تعارضًا بين إجابات
framework-verb-workshop-opened = فتح ورشة عمل
framework-verb-workshop-joined = انضم إلى ورشة عمل
framework-verb-workshop-moved = انتقل بالورشة إلى بند آخر
framework-verb-workshop-revealed = كشف إجابات الورشة
framework-verb-workshop-covered = حجب إجابات الورشة
framework-verb-workshop-seat-released = أخلى مقعدًا في ورشة
framework-verb-workshop-closed = أنهى ورشة عمل
framework-verb-design-kept = حفظ تصميمًا
framework-verb-design-accepted = اعتمد تصميمًا
framework-verb-design-withdrawn = سحب تصميمًا
framework-verb-design-put-back = أعاد تصميمًا إلى المسودات
framework-verb-programme-planned = خطّط برنامجًا
framework-verb-programme-closed = أغلق برنامجًا
framework-verb-programme-reopened = أعاد فتح برنامج
framework-verb-task-started = بدأ مهمة
framework-verb-task-finished = أنهى مهمة
framework-verb-task-accepted = قبل مهمة
framework-verb-task-reopened = أعاد فتح مهمة
framework-verb-task-put-back = أعاد مهمة إلى ما كانت عليه
framework-verb-task-changed = غيّر مهمة
framework-verb-task-added = أضاف مهمة إلى برنامج
framework-verb-task-removed = حذف مهمة من برنامج
framework-verb-task-restored = استعاد مهمة محذوفة
framework-verb-days-off-set = غيّر أيام التوقف في برنامج
framework-verb-nation-days-off-set = غيّر أيام التوقف في الدولة
framework-verb-line-added = أضاف سطرًا إلى برنامج
framework-verb-line-changed = صحّح بندًا من برنامج
framework-verb-line-removed = حذف بندًا من برنامج
framework-verb-line-restored = استعاد بندًا محذوفًا
framework-verb-line-done = أنجز سطرًا من برنامج
framework-verb-line-put-back = أعاد سطرًا من برنامج
framework-verb-progress-released = أذن بنشر أرقام للمكتب
framework-verb-progress-withdrawn = سحب ما أُذن بنشره
framework-verb-progress-exported = أصدر ملف تقدم
framework-verb-progress-imported = ضمّ ملف تقدم
framework-verb-provision-written = دوّن حكمًا قانونيًا
framework-verb-stakeholder-added = أضاف صاحب مصلحة
framework-verb-stakeholder-changed = غيّر صاحب مصلحة
framework-verb-stakeholder-placed = حدّد أدوار صاحب مصلحة
framework-verb-stakeholder-removed = حذف صاحب مصلحة
framework-verb-stakeholder-restored = استعاد صاحب مصلحة
framework-verb-action-added = أضاف إجراءً في الاستراتيجية
framework-verb-action-changed = غيّر إجراءً في الاستراتيجية
framework-verb-action-removed = حذف إجراءً من الاستراتيجية
framework-verb-action-restored = استعاد إجراءً في الاستراتيجية
framework-verb-function-added = أضاف وظيفة حرجة
framework-verb-function-changed = غيّر وظيفة حرجة
framework-verb-function-removed = حذف وظيفة حرجة
framework-verb-function-restored = استعاد وظيفة حرجة
framework-verb-review-added = أضاف مراجعة
framework-verb-review-changed = غيّر مراجعة
framework-verb-review-done = أجرى مراجعة
framework-verb-review-removed = حذف مراجعة
framework-verb-review-restored = استعاد مراجعة

framework-path = الطريق من التقييم إلى التحسين
framework-path-assessment =
    { $count ->
        [zero] لم يُقيَّم شيء بعد؛ ابدأ أدناه
        [one] تقييم واحد
        [two] تقييمان
        [few] { $count } تقييمات
        [many] { $count } تقييمًا
       *[other] { $count } تقييم
    }
framework-path-design =
    { $count ->
        [zero] لا تصميم بعد؛ تُبنى التصاميم من فجوات التقييم
        [one] تصميم واحد
        [two] تصميمان
        [few] { $count } تصاميم
        [many] { $count } تصميمًا
       *[other] { $count } تصميم
    }
framework-path-establishment =
    { $count ->
        [zero] لم تُطبَّق أي لبنة بعد
        [one] لبنة واحدة مطبَّقة
        [two] لبنتان مطبَّقتان
        [few] { $count } لبنات مطبَّقة
        [many] { $count } لبنة مطبَّقة
       *[other] { $count } لبنة مطبَّقة
    }
framework-path-enhancement =
    { $count ->
        [zero] لا رقم من العمل اليومي يُستدل به بعد
        [one] رقم واحد من العمل اليومي يُستدل به
        [two] رقمان من العمل اليومي يُستدل بهما
        [few] { $count } أرقام من العمل اليومي يُستدل بها
        [many] { $count } رقمًا من العمل اليومي يُستدل به
       *[other] { $count } رقم من العمل اليومي يُستدل به
    }
framework-verb-own-proof-accepted = قبل الإثبات الذي عرضه بنفسه
framework-verb-exercise-added = خطّط لتمرين
framework-verb-exercise-changed = عدّل تمرينًا
framework-verb-exercise-results-noted = دوّن نتائج تمرين
framework-verb-exercise-lessons-written = كتب دروس تمرين
framework-verb-exercise-lesson-done = سجّل أن درسًا طُبّق
framework-verb-exercise-lesson-reopened = أعاد فتح درس
framework-verb-exercise-withdrawn = سحب تمرينًا
framework-verb-exercise-restored = استعاد تمرينًا
