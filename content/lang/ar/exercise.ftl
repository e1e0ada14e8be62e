# التمارين: ما يُجرَّب، وما نتج عنه، وما استُفيد منه.
exercise-title = التمارين
exercise-heading = { $title }
exercise-one = التمرين
exercise-hint = ما تجرّبه الدولة قبل أن تحتاج إليه: من شارك، وأي الأهداف تحقق، وهل طُبّقت الدروس المستفادة.
exercise-new = التخطيط لتمرين
exercise-edit = تعديل التمرين
exercise-back = العودة إلى التمارين
exercise-back-one = العودة إلى التمرين
exercise-calendar = التقويم (iCalendar)
exercise-none = لا توجد تمارين بعد
exercise-none-how = خطّط لتمرين مكتبي من ثلاث ساعات: عنوان ويوم ومشاركون وأمران أو ثلاثة ينبغي أن يُظهرها.
exercise-facts = معلومات التمرين
exercise-kind-tabletop = تمرين مكتبي
exercise-kind-communication = اختبار اتصالات
exercise-kind-drill = تمرين تقني
exercise-kind-full-scale = تمرين شامل
exercise-state-planned = مخطط له
exercise-state-held = أُقيم
exercise-state-called-off = أُلغي
exercise-unsaid = هل أُقيم؟
exercise-unsaid-how = انقضت أيامه ولم يذكر أحد بعد أنه أُقيم. دوّن نتائجه، أو غيّر موعده، أو ألغه.
exercise-show = عرض
exercise-show-coming = القادمة
exercise-show-unsaid = ما انقضى ولم يُذكر هل أُقيم
exercise-show-open = ما له دروس لم تُطبَّق بعد
exercise-field-title = العنوان
exercise-field-kind = النوع
exercise-field-state = الحالة
exercise-field-day = اليوم الأول
exercise-field-last = اليوم الأخير
exercise-field-length = المدة
exercise-field-hours = الساعات
exercise-field-minutes = الدقائق
exercise-field-people = عدد المشاركين
exercise-field-organisations = المؤسسات المشاركة
exercise-field-scenario = السيناريو
exercise-when = الموعد
exercise-when-hint = لا يحتاج تمرين اليوم الواحد إلى يوم أخير. وتدل الساعات والدقائق على مدته كلها.
exercise-who = المشاركون
exercise-organisations-hint = اسم في كل سطر. تُعرف الجهات بأسمائها أو معرّفاتها، ويُكتب غيرها باسمه.
exercise-organisations-none = لم يُسمَّ أحد بعد
exercise-organisations-none-how = دوّن من يشارك.
exercise-made-by = خطّط له
exercise-objective = الهدف
exercise-objectives = الأهداف
exercise-objectives-hint = ما ينبغي أن يُظهره التمرين، بصيغة تسمح بعده بالحكم: «يصل ضابط المناوبة إلى كل مزوّدي الخدمة خلال ساعة». أفرغ السطر لحذف هدف.
exercise-objectives-lines = الأهداف، هدف في كل سطر
exercise-objectives-more = أهداف أخرى، هدف في كل سطر
exercise-objectives-none = لا توجد أهداف بعد
exercise-objectives-none-how = عدّل التمرين وحدّد ما ينبغي أن يُظهره.
exercise-objective-number = الهدف { $number }
exercise-result = النتيجة
exercise-result-none = لم تُذكر بعد
exercise-result-met = تحقق
exercise-result-partly = تحقق جزئيًا
exercise-result-not-met = لم يتحقق
exercise-result-not-tried = لم يُجرَّب
exercise-remark = ملاحظة
exercise-met-of = { $count ->
    [zero] لا أهداف
    [one] تحقق { $met } من هدف واحد
    [two] تحقق { $met } من هدفين
    [few] تحقق { $met } من { $count } أهداف
    [many] تحقق { $met } من { $count } هدفًا
   *[other] تحقق { $met } من { $count } هدف
}
exercise-people = المشاركون
exercise-met = الأهداف المتحققة
exercise-met-short = { $met } من { $count }
exercise-met-not-yet = لم يُقم بعد
exercise-note = تدوين النتائج
exercise-note-hint = بتدوينها يُعدّ التمرين قد أُقيم.
exercise-note-save = حفظ النتائج
exercise-lesson = الدرس
exercise-lessons = الدروس المستفادة
exercise-lessons-hint = ما استُفيد من كل التمارين، ومن يتولاه، ومتى موعده. وإنما تُقام التمارين لتُطبَّق دروسها في موعدها.
exercise-open-lessons = دروس لم تُطبَّق
exercise-lesson-owner = من يتولاه
exercise-lesson-due = الموعد
exercise-lesson-done = طُبّق في
exercise-lesson-number = الدرس { $number }
exercise-lessons-none = لا توجد دروس بعد
exercise-lessons-none-how = بعد التمرين دوّن ما ينبغي تغييره: ثلاثة دروس لكل منها متولٍّ وموعد خير من ثلاثين بلا موعد.
exercise-lessons-write = كتابة الدروس
exercise-lessons-write-hint = أفرغ نص الدرس لحذفه. وبعد الحفظ تظهر أسطر لدروس أخرى.
exercise-lessons-save = حفظ الدروس
exercise-late = متأخر
exercise-show-lessons-open = ما لم يُطبَّق بعد
exercise-show-lessons-late = المتأخرة
exercise-show-lessons-done = ما طُبّق
exercise-hours = { $count ->
    [zero] { $count } ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
exercise-minutes = { $count ->
    [zero] { $count } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
exercise-length = { $hours } و{ $minutes }
exercise-is-withdrawn = سُحب هذا التمرين، ولا يدخل في أي حساب حتى يُستعاد.
exercise-withdrawn-some = { $count ->
    [zero] لا تمارين مسحوبة
    [one] تمرين مسحوب واحد
    [two] تمرينان مسحوبان
    [few] { $count } تمارين مسحوبة
    [many] { $count } تمرينًا مسحوبًا
   *[other] { $count } تمرين مسحوب
}
exercise-do-withdraw = سحب
exercise-do-restore = استعادة
exercise-do-lesson = طُبّق اليوم
exercise-did-add = خُطّط للتمرين.
exercise-did-change = حُفظ.
exercise-did-note = دُوّنت النتائج، وأُقيم التمرين.
exercise-did-lessons = حُفظت الدروس.
exercise-did-lesson = سُجّل أنه طُبّق اليوم.
exercise-did-lesson-open = عاد الدرس غير مطبَّق.
exercise-did-withdraw = سُحب التمرين.
exercise-did-restore = استُعيد التمرين.
exercise-refused-not-found = لا يوجد تمرين كهذا.
exercise-refused-stale = عدّل شخص آخر التمرين في هذه الأثناء. تجد في صفحته ما هو قائم الآن، واحفظ مرة أخرى لتضع ما كتبته مكانه.
exercise-refused-withdrawn = سُحب التمرين، فاستعده أولًا.
exercise-refused-full = بلغ عدد التمارين أقصاه.
exercise-refused-clearance = اختر علامة ليست أشد مما يحق لك الاطلاع عليه.
exercise-refused-title = العنوان من 1 إلى 300 حرف في سطر واحد.
exercise-refused-kind = اختر نوع التمرين من القائمة.
exercise-refused-state = اختر الحالة من القائمة.
exercise-refused-day = اكتب اليوم الأول مثل 2026-11-22.
exercise-refused-last = اكتب اليوم الأخير مثل 2026-11-22، لا قبل الأول، ولا تزيد المدة على 60 يومًا.
exercise-refused-length = الساعات والدقائق أعداد صحيحة من 0، ولا تزيد المدة على 60 يومًا.
exercise-refused-people = عدد المشاركين عدد صحيح من 0 إلى 100000.
exercise-refused-scenario = لا يزيد السيناريو على 20000 حرف.
exercise-refused-organisation = المؤسسة { $number }: الاسم من 1 إلى 120 حرفًا في سطر واحد.
exercise-refused-too-many-organisations = لا تزيد المؤسسات على 200.
exercise-refused-objective = الهدف { $number }: النص من 1 إلى 300 حرف في سطر واحد.
exercise-refused-too-many-objectives = لا تزيد الأهداف على 50.
exercise-refused-no-objective = لا يوجد هدف { $number }.
exercise-refused-result = الهدف { $number }: اختر النتيجة من القائمة.
exercise-refused-remark = الهدف { $number }: لا تزيد الملاحظة على 2000 حرف.
exercise-refused-ahead = لم يحن موعد التمرين بعد، فغيّر يومه أولًا.
exercise-refused-called-off = أُلغي التمرين، فغيّر حالته أولًا.
exercise-refused-lesson = الدرس { $number }: النص من 1 إلى 300 حرف في سطر واحد.
exercise-refused-owner = الدرس { $number }: لا يزيد اسم من يتولاه على 120 حرفًا في سطر واحد.
exercise-refused-due = الدرس { $number }: اكتب الموعد مثل 2026-11-22 أو اتركه فارغًا.
exercise-refused-done = الدرس { $number }: اكتب يوم تطبيقه مثل 2026-11-22، ولا يكون يومًا قادمًا.
exercise-refused-too-many-lessons = لا تزيد الدروس على 100.
exercise-refused-no-lesson = لم يعد هذا الدرس موجودًا.
