# أرقام العمل على البلاغات والحوادث.
figures-title = أرقام الاستجابة
figures-hint = يُحسب كل رقم من حالات مفردة، تُحسب كل منها في اليوم الذي انتهت فيه. والوسيط وp90 وp95 قيم قيست فعلًا (الرتبة الأقرب): أصغر قيمة لا تتجاوزها 50 و90 و95 حالة من كل مئة. ولا متوسط حسابيًا هنا. وما لا يحق لك الاطلاع عليه لا يدخل في الحساب.
figures-period = المدة
figures-every-month = الأشهر
figures-every-quarter = أرباع السنة
figures-every-year = السنوات
figures-previous = المدة السابقة
figures-next = المدة التالية
figures-before = المدة السابقة
figures-of = الحالات
figures-of-all = الكل
figures-apart = التوزيع بحسب
figures-by-all = الكل
figures-by-class = الصنف
figures-by-type = النوع
figures-by-severity = الخطورة
figures-by-sector = القطاع
figures-by-mailbox = صندوق البريد
figures-by-source = المصدر
figures-by-stage = مرحلة مهلة
figures-by-stage-severity = مرحلة المهلة والخطورة
figures-by-hoster = المستضيف
figures-by-tld = النطاق الأعلى (TLD)
figures-by-constituent = الجهة
figures-by-constituent-how = الجهات التي تذكرها الحادثة، والجهة التي يخصها البلاغ أو التحقيق أو التدبير المضاد. والسجل الذي له عدة جهات يُحسب مع كل منها. وقد تكون الجهات كثيرة جدًا، ولذلك تُحسب هذه الأرقام عند طلبها.
figures-by-country = البلد
figures-by-country-how = بلدان عناوين IP التي يدور حولها السجل: مؤشراته، وأصول مكتشفاته، وهدف التدبير المضاد. ويُبحث عنها في جدول البلدان المحمَّل كما كان عند آخر تغيير للسجل. والسجل الذي تقع عناوينه في عدة بلدان يُحسب مع كل منها، أما الذي لا عنوان له أو ليست عناوينه في الجدول فلا يُحسب مع أي بلد. وإذا زادت البلدان على 50 حُسبت الخمسون الأولى منها بترتيب رموزها.
figures-by-asn = رقم AS
figures-by-asn-how = أرقام AS لعناوين IP التي يدور حولها السجل، ويُبحث عنها كبلدانها في الجدول المحمَّل. والسجل الذي تقع عناوينه في عدة شبكات يُحسب مع كل منها. وإذا زادت أرقام AS على 50 حُسبت الأرقام الخمسون الأصغر منها.
figures-by-technique = تقنية ATT&CK
figures-by-technique-how = التقنيات المدوَّنة للحادثة أو لتسلسلها الزمني أو لمهامها. والحادثة التي لها عدة تقنيات تُحسب مع كل منها، أما البلاغات والتحقيقات والتدابير المضادة فلا تقنيات لها.
figures-mailbox-usual = الصندوق المعتاد
figures-source-mail = بريد
figures-source-arf = شكوى من مزوّد بريد (ARF)
figures-source-xarf = بلاغ آلي (XARF)
figures-source-web = النموذج العام
figures-source-telephone = هاتف
figures-source-api = برنامج
figures-source-import = نظام آخر
figures-source-person = شخص من الفريق
figures-source-rule = قاعدة الفريق
figures-marking = العلامة
figures-marking-up-to = تُحسب السجلات حتى { $tlp }
figures-team = الفريق
figures-measure = الرقم
figures-n = الحالات
figures-value = القيمة
figures-median = الوسيط
figures-p90 = p90
figures-p95 = p95
figures-business = في ساعات العمل
figures-business-median = الوسيط في ساعات العمل
figures-business-p90 = p90 في ساعات العمل
figures-business-p95 = p95 في ساعات العمل
figures-share = النسبة
figures-yes = منها نعم
figures-total = المجموع
figures-change = التغير
figures-change-percent = { $value }٪
figures-change-points = { $value } نقطة مئوية
figures-times = كم استغرق الأمر
figures-shares = كم مرة كان كذلك
figures-numbers = كم كان
figures-course = المسار
figures-counted-at = حُسب
figures-behind = تغيّر شيء بعد حساب هذه المدة. وسيُعاد حسابها تلقائيًا.
figures-none = لا حالات في هذه المدة
figures-none-how = تأتي الأرقام تلقائيًا من العمل على البلاغات والحوادث بعد ثوانٍ من إنجازه. اختر مدة أخرى أو شروطًا أقل.
figures-no-parts = لا حالات يمكن توزيعها هكذا في هذه المدة.
figures-stages = المهل المستوفاة بحسب المرحلة والخطورة
figures-stages-how = مراحل المهل التي حل موعدها في هذه المدة بحسب خطورة حادثتها: نسبة ما استوفي منها في موعده، ومن كم مرحلة.
figures-stages-met = { $share } ({ $yes } من { $n })
figures-days = الحوادث المفتوحة يومًا بيوم
figures-days-how = الحوادث المفتوحة في نهاية كل يوم من هذه المدة، واليومَ حتى هذه اللحظة: عددها، وعدد ما ليس له مسؤول منها، وعمرها بحسب التقويم.
figures-day = اليوم
figures-unowned = بلا مسؤول
figures-days-owners = المسؤولون عنها يوم
figures-waiting = المفتوحة الآن
figures-waiting-how = الحوادث الجديدة وقيد المعالجة، بحسب المسؤول عنها.
figures-waiting-none = لا حادثة مفتوحة.
figures-owner = المسؤول
figures-nobody = لا أحد
figures-open = المفتوحة
figures-oldest = أقدمها منذ
figures-report = التقرير
figures-report-title = أرقام الاستجابة: { $period }
figures-definitions = كيف تُحسب الأرقام
figures-changed = ما الذي تغيّر
figures-changed-nothing = لم يتغير شيء بخمسة في المئة أو أكثر حيث في كلتا المدتين خمس حالات.
figures-told-rose = { $measure }: ارتفاع من { $before } إلى { $now }، { $cases }.
figures-told-fell = { $measure }: انخفاض من { $before } إلى { $now }، { $cases }.
figures-cases = { $count ->
    [zero] من دون حالات
    [one] من حالة واحدة
    [two] من حالتين
    [few] من { $count } حالات
    [many] من { $count } حالة
   *[other] من { $count } حالة
}
figures-cases-none = لا حالات
figures-cases-none-how = لم يُحسب شيء هنا، أو لا يحق لك الاطلاع عليه.
figures-cases-next = المزيد
figures-at = تاريخ الحساب
figures-no = لا
figures-is-so = نعم
figures-in-seconds = { $count ->
    [zero] { $value } ثانية
    [one] ثانية واحدة
    [two] ثانيتان
    [few] { $value } ثوانٍ
    [many] { $value } ثانية
   *[other] { $value } ثانية
}
figures-in-minutes = { $count ->
    [zero] { $value } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $value } دقائق
    [many] { $value } دقيقة
   *[other] { $value } دقيقة
}
figures-in-hours = { $count ->
    [zero] { $value } ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $value } ساعات
    [many] { $value } ساعة
   *[other] { $value } ساعة
}
figures-in-days = { $count ->
    [zero] { $value } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $value } أيام
    [many] { $value } يومًا
   *[other] { $value } يوم
}

figures-measure-detect = زمن الاكتشاف
figures-measure-detect-how = من بدء الواقعة، كما دوّنه الفريق، إلى فتح الحادثة.
figures-measure-detect-out = لا تُحسب الحوادث التي لم يدوّن أحد متى بدأت، ولا المدموجة.
figures-measure-reply-machine = زمن الإشعار الآلي بالاستلام
figures-measure-reply-machine-how = من وصول البلاغ إلى إشعار مرسله آليًا باستلامه.
figures-measure-reply-machine-out = لا تُحسب البلاغات التي لم يُشعَر باستلامها آليًا، كالواردة بالهاتف، ولا المدموجة.
figures-measure-reply-person = زمن أول رد من شخص
figures-measure-reply-person-how = من وصول البلاغ إلى أول رسالة كتبها شخص من الفريق إلى مرسله.
figures-measure-reply-person-out = لا تُحسب البلاغات التي لم يُردّ عليها ولا المدموجة، وهي في قائمة البلاغات.
figures-measure-qualify = زمن التصنيف
figures-measure-qualify-how = من وصول البلاغ إلى القرار في شأنه: رُبط بحادثة أو أُغلق.
figures-measure-qualify-out = لا تُحسب البلاغات التي لم يُبتّ فيها بعد، ولا المدموجة.
figures-measure-triage = زمن الفرز
figures-measure-triage-how = من فتح الحادثة إلى أن يتولاها أحد.
figures-measure-triage-out = لا تُحسب الحوادث التي أُغلقت من دون أن يتولاها أحد أو ما زالت تنتظر، ولا المستوردة من أداة أخرى، ولا المدموجة.
figures-measure-take-up = زمن التولي
figures-measure-take-up-how = من بدء الواقعة، كما دوّنه الفريق، إلى أن يتولى أحد الحادثة.
figures-measure-take-up-out = لا تُحسب الحوادث التي لم يدوّن أحد متى بدأت، ولا التي لم يتولها أحد، ولا المدموجة.
figures-measure-notify = زمن الإبلاغ
figures-measure-notify-how = من فتح الحادثة إلى أول رسالة كتبها الفريق في تحقيق أو تدبير مضاد يخصها.
figures-measure-notify-out = لا تُحسب الحوادث التي لم يُكتب فيها إلى أحد، ولا المدموجة. وللإشعارات التي ترسلها الآلة عن المكتشفات أرقامها.
figures-measure-contain = زمن الاحتواء
figures-measure-contain-how = من تولي الحادثة إلى احتوائها، كما دوّنه الفريق. وإن لم يتولها أحد فمن فتحها.
figures-measure-contain-out = لا تُحسب الحوادث التي لم يدوّن أحد متى احتُويت، ولا المدموجة.
figures-measure-resolve = زمن المعالجة
figures-measure-resolve-how = من أول تولٍّ للحادثة إلى آخر إغلاق لها. وإن لم يتولها أحد فمن فتحها.
figures-measure-resolve-out = لا تُحسب الحوادث المفتوحة ولا التي صُرف النظر عنها ولا المدموجة.
figures-measure-takedown = زمن الإزالة
figures-measure-takedown-how = من طلب التدبير المضاد إلى تفعيله أول مرة.
figures-measure-takedown-out = لا تُحسب التدابير التي لم تُفعَّل قط، ولا المدموجة.
figures-measure-backlog = عمر الحوادث المفتوحة
figures-measure-backlog-how = منذ متى كانت الحوادث مفتوحة في نهاية المدة، أو الآن في المدة الجارية. والحالات هي العمل المتراكم.
figures-measure-backlog-out = لا يُترك شيء. والحادثة التي أُغلقت ثم فُتحت تُعدّ مفتوحة طوال ذلك الوقت.
figures-measure-in-time = المهل المستوفاة
figures-measure-in-time-how = مراحل المهل، من القانون ومن الفريق، التي استوفيت في موعدها أو قبله. بحسب يوم الموعد.
figures-measure-in-time-out = لا تُحسب المراحل الجارية، ولا الموقوفة، ولا التي لا تخص خطورة حادثتها، ولا الحوادث المدموجة.
figures-measure-promoted = بلاغات صارت حوادث
figures-measure-promoted-how = من البلاغات الواردة ما رُبط منها بحادثة. بحسب يوم الوصول.
figures-measure-promoted-out = لا تُحسب البلاغات المدموجة ولا الرسائل المحتجزة من مرسلين غير معروفين.
figures-measure-portal = بلاغات قُدمت بالنموذج العام
figures-measure-portal-how = من البلاغات الواردة ما قُدم منها بالنموذج العام. بحسب يوم الوصول.
figures-measure-portal-out = لا تُحسب البلاغات المدموجة ولا الرسائل المحتجزة من مرسلين غير معروفين.
figures-measure-fixed = ما أُصلح بعد الإخطار
figures-measure-fixed-how = من الحوادث التي أُغلقت بعد أن كتب الفريق إلى أحد بشأنها، ما كانت مكتشفاته قد أُصلحت عند الإغلاق.
figures-measure-fixed-out = لا تُحسب الحوادث التي لم يُكتب فيها إلى أحد، ولا المفتوحة والمدموجة.
figures-measure-false = الإنذارات الكاذبة
figures-measure-false-how = من الحوادث المغلقة ما كان إنذارًا كاذبًا.
figures-measure-false-out = لا تُحسب الحوادث المفتوحة والمدموجة.
figures-measure-duplicate = المكررات
figures-measure-duplicate-how = من الحوادث المغلقة ما دُمج في غيره أو أُغلق بوصفه مكررًا.
figures-measure-duplicate-out = لا تُحسب الحوادث المفتوحة.
figures-measure-reopened = ما فُتح من جديد
figures-measure-reopened-how = من مرات الإغلاق ما فُتحت الحادثة بعده من جديد.
figures-measure-reopened-out = لا يُحسب الإغلاق الجماعي الذي تراجع عنه صاحبه فورًا، ولا الإغلاق بالدمج. ولا يُعرف من الحوادث المستوردة من أداة أخرى إلا آخر إغلاق.
figures-measure-delivered = البريد الواصل
figures-measure-delivered-how = من الرسائل إلى كل متلقٍّ ما خرج ولم يرتدّ.
figures-measure-delivered-out = لا تُحسب الرسائل المنتظرة ولا الموقوفة.
figures-measure-answered = الطلبات المجابة
figures-measure-answered-how = من التحقيقات والتدابير المضادة التي كتب فيها الفريق ما ورد فيه رد. بحسب يوم أول رسالة.
figures-measure-answered-out = لا يُحسب ما لم يُكتب فيه شيء، ولا المدموج. والرد الآلي ليس ردًا.
figures-measure-mails-in = الرسائل الواردة لكل حادثة
figures-measure-mails-in-how = الرسائل الواردة في كل ما يخص الحادثة. بحسب يوم الإغلاق.
figures-measure-mails-in-out = لا تُحسب الحوادث المفتوحة والمدموجة، ولا الرسائل المحتجزة. ولا تُسجَّل ساعات العمل، فلا رقم لها.
figures-measure-mails-out = الرسائل الصادرة لكل حادثة
figures-measure-mails-out-how = ما كتبه الفريق وما أُرسل آليًا من رسائل في كل ما يخص الحادثة. بحسب يوم الإغلاق.
figures-measure-mails-out-out = لا تُحسب الحوادث المفتوحة والمدموجة.
figures-measure-organisations = الجهات لكل حادثة
figures-measure-organisations-how = الجهات المستفيدة التي تسميها الحادثة. بحسب يوم الإغلاق.
figures-measure-organisations-out = لا تُحسب الحوادث المفتوحة والمدموجة، ولا المنظمات التي ليست من الجهات المستفيدة.

figures-moments = مجرى الحادثة
figures-moments-how = تُقاس بهذين الوقتين أزمنة الاكتشاف والتولي والاحتواء. ويمكن ملؤهما وتصحيحهما أثناء العمل على الحادثة وبعده.
figures-occurred = بدأت
figures-occurred-utc = بدأت (بالتوقيت العالمي)
figures-contained = احتُويت
figures-contained-utc = احتُويت (بالتوقيت العالمي)
figures-did-note = دُوّن.

figures-contacts = الجهات التي يمكن الوصول إليها
figures-contacts-how = بحسب الوضع الآن وأفضل جهات اتصالها. يُدوَّن كل نصف ساعة.
figures-contacts-all = الجهات العاملة
figures-contacts-named = لها عنوان بريد
figures-contacts-working = لها عنوان لا ترتدّ رسائله
figures-contacts-tested = لها عنوان يعمل وكُتب إليه
figures-contacts-keyed = لها عنوان له مفتاح مقبول
figures-contacts-whole = لها عنوان يعمل وكُتب إليه وله مفتاح

figures-notices = إشعارات المكتشفات في آخر 90 يومًا
figures-notices-how = ما آلت إليه الإشعارات التي أُرسلت، حتى العلامة المختارة، والمكتشفات التي أُبلغت بها جهاتها. ويُعد الإشعار مفتوحًا إذا رد أحد في صفحة رابطه: فمجرد الاطلاع على الصفحة لا يُسجَّل، كما أن البرامج التي تفحص البريد تفتح الروابط أيضًا. يُدوَّن كل نصف ساعة.
figures-notices-left = الإشعارات التي أُرسلت
figures-notices-returned = منها ما ارتد من جميع المستلمين
figures-notices-opened = منها ما فُتح رابطه ورُدَّ عن طريقه
figures-notices-findings = المكتشفات التي أبلغت بها
figures-notices-fixed = المكتشفات التي أُصلحت بعد إبلاغ الجهة
figures-notices-unseen = المكتشفات التي لم تعد تُرى بعد إبلاغ الجهة
