# بنود بجانب مهام البرنامج، تُصحَّح وتُحذف وتُستعاد.
lines-title = بند من البرنامج
lines-change = تصحيح
lines-usual-how = إن تُرك فارغًا عاد إلى عبارة منارة بكل لغة.
lines-remove = حذف هذا البند
lines-remove-how = يخرج من البرنامج، ويبقى محفوظًا ويمكن استعادته.
lines-closed = البرنامج مغلق؛ أعد فتحه لتصحيح بنوده.
lines-now = المحفوظ الآن:
lines-now-how = ما كتبته باقٍ في النموذج. احفظه ليحل محل المحفوظ، أو ارجع للإبقاء على المحفوظ.
lines-before = ما كان يقوله من قبل
lines-until = حتى
lines-removed = { $count ->
    [zero] لا بنود محذوفة
    [one] بند محذوف واحد
    [two] بندان محذوفان
    [few] { $count } بنود محذوفة
    [many] { $count } بندًا محذوفًا
   *[other] { $count } بند محذوف
}
lines-kind-risk = خطر
lines-kind-handover = التسليم
lines-kind-closure = الإغلاق
lines-did-change = صُحّح البند، وما كان يقوله من قبل محفوظ.
lines-did-remove = حُذف البند.
lines-did-restore = عاد البند.
