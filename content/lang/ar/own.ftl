# مهام الفريق الخاصة في برنامج
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

# أيام العطل
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

# Lists of the strategy
strategy-show-over = مراجعات فات موعدها
strategy-show-unprovided = وظائف بلا مزوّد
strategy-show-accountable = المسؤولون عن هدف
strategy-show-idle = بلا دور
