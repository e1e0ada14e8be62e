# التصاميم المحفوظة والبرامج
programme-title = البرامج
programme-designs = التصاميم المحفوظة
programme-designs-none = لم يُحفظ أي تصميم بعد
programme-designs-none-how = افتح تقييمًا واختر «التصميم» ثم احفظ أحد الحلول.
programme-none = لا يوجد برنامج بعد
programme-none-how = افتح تصميمًا محفوظًا وخطّط برنامجًا على أساسه.
programme-assessment = التقييم
programme-changed = آخر تعديل
programme-made = تاريخ الإنشاء
programme-made-by = أنشأه
programme-sha256 = بصمة SHA-256 للحل
programme-design-draft = مسودة
programme-design-accepted = معتمد
programme-design-withdrawn = مسحوب
programme-design-name = الاسم
programme-design-figures = التصميم
programme-keep = حفظ هذا التصميم
programme-asked = ما طُلب
programme-do-accept-design = اعتماد
programme-do-withdraw = سحب
programme-do-draft = إعادته إلى المسودات
programme-do-plan = تخطيط برنامج
programme-beside = جنبًا إلى جنب
programme-beside-which = تصميم آخر لهذا التقييم
programme-figure = الرقم
programme-only-here = لبنات هنا فقط
programme-in-both = لبنات مشتركة
programme-of-design = التصميم

# التخطيط
programme-start = أول يوم
programme-weekend = أيام الراحة
programme-weekend-sat-sun = السبت والأحد
programme-weekend-fri-sat = الجمعة والسبت
programme-weekend-thu-fri = الخميس والجمعة
programme-weekend-fri = الجمعة
programme-weekend-sun = الأحد
programme-limits = عدد الأشخاص المتاحين
programme-limits-how = الحقل الفارغ لا يضع حدًا. يُحسب الأشخاص بأيام عمل كاملة: يعطي الشخص الواحد يوم عمل واحدًا في اليوم لكل المهام مجتمعة.
programme-people = الجميع معًا
programme-no-limit = بلا حد

# برنامج
programme-state-running = جارٍ
programme-state-closed = مغلق
programme-is-late = بحسب الحال الآن ينتهي بعد الموعد المخطط.
programme-progress = التقدم
programme-earned = المنجز المعتمد
programme-planned = المخطط حتى اليوم
programme-earned-how = بأيام العمل. لا يُحسب منجزًا إلا ما اعتُمد.
programme-days = المدد والأموال
programme-end-planned = آخر يوم بحسب الخطة
programme-end-forecast = آخر يوم بحسب الحال
programme-end-shortest = آخر يوم لو لم يكن لعدد الأشخاص أثر
programme-money = تكلفة السنة الأولى
programme-late = متأخر
programme-late-start = كان يجب أن تبدأ
programme-late-end = كان يجب أن تنتهي
programme-gantt = الخطة
programme-gantt-how = كل شريط مهمة برقمها في الجدول أدناه. العلامة ◆ مع الإطار للمسار الحرج، والخط الرفيع بعد الشريط لهامشه، والخط الأحمر تحته للأيام بحسب الحال، والخط المتقطع لليوم.
programme-critical = المسار الحرج
programme-tasks = المهام
programme-number = الرقم
programme-task = المهمة
programme-from = من
programme-until = إلى
programme-forecast = إلى، بحسب الحال
programme-slack = الهامش بأيام العمل
programme-needs = تحتاج إلى
programme-needs-none = لا تحتاج إلى شيء قبلها.
programme-needed-by = تنتظرها
programme-needed-by-none = لا شيء ينتظرها.
programme-roles = الأدوار
programme-owner = المسؤول عنها
programme-take-away = للتنزيل:
programme-take-xml = Microsoft Project (XML)
programme-take-ics = تقويم (iCalendar)
programme-money-by-month = الأموال بحسب الشهر
programme-money-none = لا شيء له تكلفة.
programme-money-how = تكلفة كل مهمة موزعة بالتساوي على أيام عملها المخططة؛ والأرقام نطاقات من حد أدنى إلى حد أعلى.
programme-month = الشهر
programme-all = المجموع

# البنود
programme-risks = المخاطر
programme-risks-none = لم يُدوَّن أي خطر
programme-risks-none-how = دوّن ما قد يؤخر البرنامج أو يوقفه، وما يُتخذ بشأنه.
programme-risk = الخطر المحتمل
programme-risk-add = إضافة خطر
programme-likelihood = الاحتمال
programme-impact = الضرر
programme-weight = الوزن
programme-answer = ما يُتخذ بشأنه
programme-degree-1 = منخفض
programme-degree-2 = متوسط
programme-degree-3 = مرتفع
programme-handover = التسليم
programme-handover-add = إضافة إلى التسليم
programme-closure = الإغلاق
programme-closure-add = إضافة إلى الإغلاق
programme-item = البند
programme-tick = تم
programme-untick = إلغاء
programme-item-handover-owners = لكل خدمة مسؤول في الفريق.
programme-item-handover-documents = سُلّمت الإجراءات والأدلة والعقود.
programme-item-handover-accounts = الحسابات والمفاتيح وكلمات المرور في يد الفريق.
programme-item-handover-training = كل من يؤدي العمل مدرَّب، وتدريبه موثق.
programme-item-handover-support = اتُّفق على الدعم والضمان: بمن يُتصل وحتى متى.
programme-item-closure-accepted = كل مهمة معتمدة بدليلها.
programme-item-closure-money = سُوّيت الحسابات مع كل من دفع.
programme-item-closure-lessons = دُوّنت الدروس المستفادة.
programme-item-closure-report = سُلّم التقرير الختامي إلى من كلّف بالبرنامج.
programme-do-close = إغلاق البرنامج
programme-do-reopen = إعادة فتح البرنامج
programme-close-how = يُغلق البرنامج حين تُعتمد كل المهام وتُنجز كل بنود التسليم والإغلاق.

# مهمة
programme-part-trial = التشغيل التجريبي في ظروف العمل الفعلي
programme-part-trial-gives = سجل شهر من العمل الفعلي مع ما لزم إصلاحه
programme-part-trial-how = يعمل الفريق بكل ما بُني بمساعدة من بناه، ويصلح ما يظهر فيه من خلل.
programme-part-handover = التسليم إلى التشغيل
programme-part-handover-gives = محضر تسليم موقّع بكل النقاط العالقة
programme-part-handover-how = يتسلم من يشغّل الخدمات كل شيء مع الوثائق والحسابات والدعم.
programme-part-closure = الإغلاق
programme-part-closure-gives = تقرير ختامي بالتكاليف والدروس
programme-part-closure-how = تُسوّى الحسابات وتُدوَّن الدروس، ويعلن من كلّف بالبرنامج انتهاءه.
programme-task-open = لم تبدأ
programme-task-started = بدأت
programme-task-finished = انتهت وتنتظر الاعتماد
programme-task-accepted = معتمدة
programme-planned-card = بحسب الخطة
programme-done-card = ما أُنجز
programme-deliverable = ما سيكون متوفرًا حينها
programme-working-days = المدة بأيام العمل
programme-lead = المهلة بالأسابيع
programme-begun = بدأت في
programme-ended = انتهت في
programme-proof = ما يثبت ذلك
programme-evidence = الوثيقة أو العنوان
programme-file = ملف
programme-do-start = بدء
programme-do-finish = إنهاء
programme-do-put-back = لم تبدأ بعد
programme-do-open-again = إعادة فتح
programme-do-accept = اعتماد
programme-accept-how = اذكر ما يثبت أنها أُنجزت: بالكلام أو بوثيقة أو بملف. ويكفي واحد منها.
programme-change = تعديل
programme-change-how = تبقى المهمة بعد ما تحتاج إليه وقبل ما ينتظرها.
programme-do-change = حفظ

# ماذا لو
programme-what-if = ماذا لو
programme-what-if-how = التصميم نفسه من يوم آخر أو بأشخاص آخرين إلى جانب البرنامج. ولا يُحفظ شيء ما لم يُخطَّط له.
programme-what-if-setting = إعداد آخر
programme-what-if-other = برنامج آخر لهذا التصميم
programme-what-if-look = مقارنة
programme-what-if-result = جنبًا إلى جنب
programme-what-if-same = تحتفظ كل مهمة بأيامها.
programme-what-if-moved = مهام في أيام أخرى
programme-months-paid = الأشهر التي يُنفق فيها مال
programme-until-before = النهاية في البرنامج
programme-until-after = النهاية في الخطة الأخرى
programme-moved = أيام التأخر

# ما تم
programme-did-keep = حُفظ التصميم.
programme-did-draft = عاد التصميم مسودة.
programme-did-accept-design = اعتُمد التصميم.
programme-did-withdraw = سُحب التصميم.
programme-did-plan = خُطّط للبرنامج.
programme-did-close = أُغلق البرنامج.
programme-did-reopen = أُعيد فتح البرنامج.
programme-did-line = أُضيف البند.
programme-did-tick = سُجّل أنه تم.
programme-did-untick = أُلغي.
programme-did-start = بدأت المهمة.
programme-did-finish = انتهت المهمة وتنتظر الاعتماد.
programme-did-back = أُعيد فتح المهمة.
programme-did-accept = اعتُمدت المهمة.
programme-did-change = عُدّلت المهمة.

programme-refused = لم يتم: { $why }
programme-refused-not-found = لا يوجد سجل كهذا.
programme-refused-name = للاسم من 1 إلى 120 حرفًا في سطر واحد.
programme-refused-text = النص فارغ أو طويل أكثر من اللازم أو فيه رموز غير مقبولة.
programme-refused-day = يُكتب اليوم هكذا: 2027-01-04؛ وما حدث لا يكون في المستقبل ولا ينتهي قبل أن يبدأ.
programme-refused-aim = لا يوجد تصميم لهذا الهدف.
programme-refused-no-blocks = لا لبنات في التصميم، فلا شيء يُحفظ.
programme-refused-too-many = بلغ العدد أقصاه.
programme-refused-withdrawn = التصميم مسحوب؛ أعده أولًا.
programme-refused-weekend = اختر إحدى العطل المدرجة.
programme-refused-people = حد الأشخاص عدد صحيح من 1 إلى 1000.
programme-refused-role = ليس في التصميم هذا الدور.
programme-refused-too-long = بهؤلاء الأشخاص يدوم البرنامج أكثر من 30 سنة؛ ارفع الحدود.
programme-refused-closed = البرنامج مغلق؛ أعد فتحه أولًا.
programme-refused-step = حال المهمة لا يسمح بذلك.
programme-refused-order = تبدأ المهمة بعد ما تحتاج إليه وتنتهي قبل ما ينتظرها؛ انظر المهام المجاورة لها في هذه الصفحة.
programme-refused-proof = اذكر ما يثبت أن المهمة أُنجزت: بالكلام أو بوثيقة أو بملف.
programme-refused-stale = غيّر شخص آخر المهمة في هذه الأثناء؛ انظر إليها من جديد.
programme-refused-stale-line = عدّل شخص آخر هذا البند بعد أن فتحته؛ انظر إلى ما يقوله الآن.
programme-refused-unfinished = ما زالت مهمة لم تُعتمد، أو بند من التسليم أو الإغلاق مفتوحًا.

programme-own-title = مهمة خاصة بالفريق
programme-own-add = إضافة مهمة خاصة
programme-own-change = تعديل هذه المهمة
programme-own-how = تُوضع بعد ما تحتاج إليه، ولا تبدأ قبل اليوم، وحيث يتوفر وقت للعاملين. ما ينتظرها يتأخر بالقدر اللازم فقط، وما سواه يحتفظ بأيامه.
programme-own-work = العمل
programme-own-effort-low = أيام العمل، من
programme-own-effort-high = أيام العمل، إلى
programme-own-days-how = إن تُرك فارغًا دامت بقدر ما يحتاجه عملها ممن يقومون به.
programme-own-money = التكلفة
programme-own-low = من
programme-own-high = إلى
programme-own-payer = من يدفع
programme-own-needs = تحتاج إلى: ما يجب إنجازه قبلها
programme-own-needed-by = تحتاج إليها: ما ينتظرها
programme-own-back = العودة إلى البرنامج
programme-own-remove = حذف هذه المهمة
programme-own-remove-how = أُنجز عمل في هذه المهمة. اذكر سبب حذفها؛ تُحفظ المهمة وإثباتها والسبب، ويمكن إعادتها.
programme-own-why = سبب الحذف
programme-own-removed = مهام محذوفة
programme-own-restore = إعادة
programme-own-circle = لم يُنفَّذ: ستنتظر هذه المهام بعضها بعضًا في حلقة: { $circle }. ألغِ تحديد إحداها تحت «تحتاج إلى» أو «تحتاج إليها».
programme-own-did-add = أُضيفت المهمة ورُتّبت الخطة حولها.
programme-own-did-change = عُدّلت المهمة ورُتّبت الخطة حولها.
programme-own-did-remove = حُذفت المهمة. ما كان ينتظرها يحتفظ بأيامه.
programme-own-did-restore = أُعيدت المهمة.
programme-refused-need = تنتظر المهمة مهامّ أخرى من البرنامج نفسه؛ حدّدها في القائمتين.
programme-refused-begun = مهمة بدأت لا يمكن أن تنتظر غيرها؛ أعدها أولًا إلى ما قبل البدء أو اتركها.
programme-refused-amount = أيام العمل من 0 إلى 10000، وأيام الدوام من 1 إلى 2000، والمبلغ ليس سالبًا، والحد الأدنى يأتي أولًا.
programme-refused-not-own = لا تُعدَّل ولا تُحذف إلا مهمة أضافها الفريق؛ أما ما جاء من التصميم فيبقى.
programme-refused-why = أُنجز عمل في هذه المهمة أو ثبت إنجازها؛ اذكر سبب حذفها.

programme-off-title = العطل الرسمية وغيرها من أيام التوقف
programme-off-nation = أيام العطل في الدولة
programme-off-how = تتخطى الخطة هذه الأيام كما تتخطى عطلة نهاية الأسبوع. عند تغيّر القائمة ينتقل معها ما خُطّط له من اليوم فصاعدًا، وما مضى يبقى.
programme-off-nation-how = يبدأ كل برنامج جديد بهذه الأيام. البرامج القائمة تحتفظ بأيامها، ويمكن أخذ هذه الأيام في صفحاتها.
programme-off-stripes = الشريط الرمادي يوم عطلة.
programme-off-none = لا أيام عطل غير نهاية الأسبوع
programme-off-none-how = العطل الرسمية غير معروفة مسبقًا: اكتبها هنا من القائمة الرسمية للدولة.
programme-off-day = اليوم
programme-off-weekday = يوم الأسبوع
programme-off-name = الاسم
programme-off-weekend = نهاية أسبوع أصلًا
programme-off-add = إضافة يوم
programme-off-remove = حذف
programme-off-many = أيام كثيرة دفعة واحدة
programme-off-many-how = يوم في كل سطر: التاريخ ثم فاصلة ثم الاسم، وتصلح قائمة بصيغة CSV أيضًا. اليوم المسجَّل من قبل يأخذ الاسم الجديد.
programme-off-example = يوم المنارة
programme-off-text = القائمة
programme-off-file = أو ملف
programme-off-whole = حذف الأيام التي ليست في هذه القائمة
programme-off-read = أخذ القائمة
programme-off-wrong = لم يتغيّر شيء. ما هو خطأ في القائمة:
programme-off-line = السطر { $line }:
programme-off-bad-day = يُكتب اليوم هكذا: 2027-01-04.
programme-off-bad-name = بعد اليوم تأتي فاصلة ثم اسم من حرف إلى 80 حرفًا؛ والاسم الذي فيه فاصلة يوضع بين علامتي اقتباس مستقيمتين.
programme-off-bad-double = ورد هذا اليوم مرتين في القائمة؛ اذكر كل يوم مرة واحدة.
programme-off-bad-many = الأيام كثيرة جدًا؛ في القائمة 480 يومًا على الأكثر.
programme-off-bad-large = القائمة كبيرة جدًا؛ حجمها 256 كيبيبايت على الأكثر.
programme-off-bad-line = السطر غير مقروء؛ القائمة نص بترميز UTF-8.
programme-off-name-wrong = لم يتم: اسم يوم التوقف من حرف إلى 80 حرفًا في سطر واحد.
programme-off-take = { $count ->
    [zero] لا أيام تُؤخذ
    [one] أخذ يوم عطلة واحد من أيام الدولة
    [two] أخذ يومي عطلة من أيام الدولة
    [few] أخذ { $count } أيام عطل من أيام الدولة
    [many] أخذ { $count } يوم عطلة من أيام الدولة
   *[other] أخذ { $count } يوم عطلة من أيام الدولة
}
programme-off-did-add = صار اليوم عطلة، والخطة تتخطاه.
programme-off-did-remove = عاد اليوم يوم عمل.
programme-off-did-list = أُخذت أيام العطل في الدولة.
programme-off-did-read = { $count ->
    [zero] القائمة فارغة.
    [one] قُرئ يوم واحد، والخطة تتخطاه.
    [two] قُرئ يومان، والخطة تتخطاهما.
    [few] قُرئت { $count } أيام، والخطة تتخطاها.
    [many] قُرئ { $count } يومًا، والخطة تتخطاها.
   *[other] قُرئ { $count } يوم، والخطة تتخطاها.
}
programme-off-mon = الاثنين
programme-off-tue = الثلاثاء
programme-off-wed = الأربعاء
programme-off-thu = الخميس
programme-off-fri = الجمعة
programme-off-sat = السبت
programme-off-sun = الأحد
