# مكتب البرنامج.
office-title = مكتب البرنامج
office-hint = البلدان بقدر ما نشره كل منها في ملفات وقّعتها. وما لم ينشره البلد لا يرد هنا.
office-none = لا يوجد بلد بعد
office-none-how = يصدّر البلد تقدمه من منارته ويرسل الملف، فاستلمه أدناه.
office-kpis = أرقام البرنامج
office-kpi-countries = البلدان التي تلقت الدعم
office-kpi-strategies = الاستراتيجيات الوطنية المنفذة
office-kpi-teams = الفرق المنشأة
office-kpi-repelled = الهجمات التي صُدّت
office-kpi-none = لم يذكره أحد
office-kpi-said = { $count ->
    [zero] لم يقل أحد
    [one] وفق بلد واحد
    [two] وفق بلدين
    [few] وفق { $count } بلدان
    [many] وفق { $count } بلدًا
   *[other] وفق { $count } بلد
}
office-map = البلدان بحسب المرحلة
office-regions = المراحل بحسب المنطقة
office-region = المنطقة
office-region-africa = أفريقيا
office-region-americas = الأمريكتان
office-region-arab-states = الدول العربية
office-region-asia-pacific = آسيا والمحيط الهادئ
office-region-cis = رابطة الدول المستقلة
office-region-europe = أوروبا
office-countries = البلدان
office-country = البلد
office-stage = المرحلة
office-stage-assessment = التقييم
office-stage-design = التصميم
office-stage-establishment = التأسيس
office-stage-enhancement = التعزيز
office-assessments = التقييمات المنشورة
office-made = تاريخ الإعداد
office-compare = المقارنة
office-compare-hint = أحدث الأرقام المنشورة لنموذج واحد في كل مرة: لكل نموذج سلّمه، ولا يُصنع رقم من عدة نماذج.
office-import = استلام ملف بلد
office-import-hint = للبلد الجديد، أو ذي المفتاح الجديد، اذكر المنطقة وبصمة المفتاح كما أبلغها البلد هاتفيًا أو حضوريًا. وبعد ذلك لا تحتاج ملفاته إلى شيء منهما.
office-file = ملف التقدم
office-fingerprint = بصمة المفتاح
office-own-title = تقدمنا
office-own = ما نقوله عن أنفسنا
office-own-hint = لا يخرج شيء من هذه المنارة تلقائيًا. وما يُنشر هنا يدخل في الملف الذي يصدّره شخص ويرسله: لا إجابات ولا مكتشفات، بل أرقام فقط.
office-own-numbers = الرقم المتروك فارغًا لا يُنشر.
office-no-nation = لم يُحدد بلد هذه المنارة بعد، ويحدده مدير النظام في «الإعداد».
office-name = اسم البلد
office-release = نشر
office-withdraw = سحب
office-released = منشور
office-export = تصدير الملف الموقّع
office-fingerprint-own = بصمة مفتاحنا:
office-fingerprint-how = أبلغها المكتب بطريقة غير الملف، كالهاتف.
office-snapshots-hint = لا يدخل في الملف من اللقطة المنشورة إلا أرقامها. وما أُرسل من ملفات لا يمكن استرجاعه.
office-snapshots-none = لا توجد لقطة بعد؛ خذ واحدة من صفحة تقييم.
office-did-import = استُلم الملف.
office-did-release = نُشر.
office-did-withdraw = سُحب، ولن يرد في الملف القادم.
office-refused-too-long = الملف أطول مما يُسمح به.
office-refused-no-file = ليس هذا ملف تقدم.
office-refused-signature = التوقيع لا يطابق: غُيّر الملف بعد توقيعه.
office-refused-version = الملف من نسخة أخرى من الصيغة.
office-refused-value = قيمة لا معنى لها، أو لا يحق لك رؤيتها.
office-refused-early = يقول الملف إنه أُعد في يوم لم يأتِ بعد.
office-refused-key = مفتاح البلد غير معروف أو غير الذي عُرف من قبل؛ اذكر بصمته كما أبلغها البلد.
office-refused-region = لا توجد منطقة بهذا الاسم.
office-refused-incomplete = لم يُحدد بعد بلد هذه المنارة واسمه ومرحلته.
