# متى يعمل الفريق: ما الذي يُحسب وقت عمل

hours-title = وقت العمل
hours-week = أيام العمل
hours-span = ساعات العمل
hours-zone = المنطقة الزمنية
hours-day-mon = الاثنين
hours-day-tue = الثلاثاء
hours-day-wed = الأربعاء
hours-day-thu = الخميس
hours-day-fri = الجمعة
hours-day-sat = السبت
hours-day-sun = الأحد
hours-rests = أيام العطلة في الأشهر الاثني عشر القادمة
hours-rests-how = تتخطاها المهل التي تُحسب بوقت العمل. وهي أيام العطلة الوطنية والأيام المذكورة في ملف ساعات العمل. ويسري كل تغيير على ما يبدأ حسابه بعده، أما ما بدأ حسابه من قبل فيبقى موعده كما هو.
hours-rests-none = لا يوجد يوم عطلة مسمّى يقع في يوم عمل.
hours-rest-day = اليوم
hours-rest-name = الاسم
hours-rest-file = من ملف ساعات العمل

# Rules of clocks
hours-rules-title = قواعد المهل
hours-rules-how = تبيّن من يجب إبلاغه وبماذا ومتى. وهي من المحتوى: ملفات في content/clocks.
hours-rule-enabled = تبدأ مع كل حادثة
hours-rule-by-hand = تُبدأ يدويًا
