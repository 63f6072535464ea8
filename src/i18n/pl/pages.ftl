# Daty
month-1 = stycznia
month-2 = lutego
month-3 = marca
month-4 = kwietnia
month-5 = maja
month-6 = czerwca
month-7 = lipca
month-8 = sierpnia
month-9 = września
month-10 = października
month-11 = listopada
month-12 = grudnia

# Wokół każdej strony
title-error = Błąd:
frame-skip = Przejdź do treści
frame-languages = Język
frame-responsible = Administrator danych: { $legal }
frame-contact = Kontakt: { $address }
frame-notice = Informacja o przetwarzaniu danych
frame-how = Jak działa ta strona

# Jak wygląda sytuacja danej osoby dla jednego celu
standing-never = Te wiadomości nie przychodzą na ten adres.
standing-waiting = Czekamy na potwierdzenie. Prosimy otworzyć wysłaną przez nas wiadomość.
standing-receiving = Te wiadomości przychodzą na ten adres od { $date }.
standing-left = Rezygnacja: { $date }.
standing-refused = Odmowa: { $date }.
standing-lapsed = Zgoda wygasła { $date }.
purpose-how-often = Jak często: { $frequency }.
frequency-immediate = na bieżąco
frequency-daily = codziennie
frequency-weekly = raz w tygodniu
frequency-monthly = raz w miesiącu
frequency-quarterly = cztery razy w roku
frequency-occasional = od czasu do czasu

# Formularze
form-errors = Coś wymaga poprawy
email-label = Adres e-mail
email-missing = Prosimy wpisać adres e-mail
email-malformed = Prosimy wpisać pełny adres e-mail, na przykład nazwa@example.com
email-too-long = Prosimy wpisać krótszy adres e-mail: najwyżej 254 znaki
email-not-ascii = Prosimy użyć adresu bez znaków takich jak ą lub é przed @: wiele serwisów pocztowych nie potrafi tam dostarczyć wiadomości
email-several = Prosimy wpisać tylko jeden adres e-mail
email-domain = Prosimy sprawdzić, co jest po znaku @: nie wygląda to na nazwę serwisu pocztowego
code-label = Kod z 6 cyfr
code-hint = Kod jest w wiadomości e-mail. Można go wkleić.
code-send = Dalej
code-malformed = Prosimy wpisać 6 cyfr kodu
code-wrong = { $n ->
    [0] To nie jest kod, który wysłaliśmy. Było za dużo prób: potrzebny jest nowy kod
    [one] To nie jest kod, który wysłaliśmy. Została jeszcze { $n } próba
    [few] To nie jest kod, który wysłaliśmy. Zostały jeszcze { $n } próby
    [many] To nie jest kod, który wysłaliśmy. Zostało jeszcze { $n } prób
   *[other] To nie jest kod, który wysłaliśmy. Zostało jeszcze { $n } próby
  }
code-expired = Ten kod już nie działa. Potrzebny jest nowy
code-exhausted = Było za dużo prób z tym kodem. Potrzebny jest nowy
receipt-title = Pokwitowanie
receipt-number = Pokwitowanie
receipt-when = Data
receipt-about = Dotyczy
receipt-wording = Treść
receipt-version = { $name }, wersja { $n } ({ $locale })
receipt-open = Otwórz to pokwitowanie
receipt-page-title = Pokwitowanie { $number }
receipt-address = Adres e-mail
receipt-pdf = Pobierz jako PDF
receipt-data = Pobierz dowód
receipt-files = PDF służy do czytania i drukowania. Dowód to plik, który każdy może sprawdzić, także bez nas.
receipt-waiting = Dowód jest właśnie zapisywany. Zwykle jest gotowy po kilku sekundach: prosimy odświeżyć tę stronę albo wrócić później.
receipt-shown = Pokazana treść
receipt-steps = Jak do tego doszło
receipt-proof = Dlaczego to jest dowód
receipt-place = To wpis nr { $n } w publicznym dzienniku. Liczba wszystkich wpisów: { $of }. Nikt, nawet my, nie może później zmienić wpisu tak, żeby nie było tego widać.
receipt-check = Każdy, kto ma plik z dowodem, może to wszystko sprawdzić bez pytania nas.
receipt-check-go = Sprawdź plik z dowodem
number-lead = Oto, co zapisano pod tym numerem.
number-organisation = Organizacja
number-what = Co się stało
number-erased = Dane tej osoby zostały usunięte. Pozostały tylko data i miejsce w dzienniku.
number-log = Publiczny dziennik
number-place = Wpis { $n }, podpisany
number-unsigned = Trwa zapisywanie. Prosimy odświeżyć tę stronę za kilka sekund.
number-how = Całe pokwitowanie
number-how-text = Całe pokwitowanie widzi tylko osoba, której ono dotyczy. Znajduje się ono na stronie z jej ustawieniami, w historii. Dołączony plik z dowodem może sprawdzić każdy.
receipt-keep = Warto zachować ten numer, aby móc później udowodnić swój wybór. Tę stronę można wydrukować.
undo = Cofnij
undo-until = Można to cofnąć do { $until }.

# Zapis
sign-up-title = Zapis na wiadomości od nadawcy { $name }
sign-up-you-get = Co będzie wysyłane:
sign-up-choose = Jakie wiadomości wysyłać?
sign-up-email-why = Używamy go tylko do wysyłania wybranych tutaj wiadomości.
sign-up-optional = { $label } (nieobowiązkowe)
sign-up-trap = To pole należy zostawić puste
sign-up-notice = { $legal } używa podanego adresu do wysyłania wybranych tutaj wiadomości, na podstawie zgody, do czasu jej wycofania. W każdej wiadomości jest link do rezygnacji.
sign-up-notice-link = Jak dane są wykorzystywane
sign-up-send = Zapisz mnie
sign-up-next = Wyślemy wiadomość e-mail z prośbą o potwierdzenie. Do tego czasu nie wyślemy nic więcej.
sign-up-nothing-ticked = Prosimy wybrać co najmniej jeden rodzaj wiadomości
sign-up-not-offered = Prosimy wybrać spośród pól tego formularza
sign-up-field-missing = Prosimy wypełnić: { $label }
sign-up-field-too-long = Prosimy skrócić (dozwolona liczba znaków: { $n }): { $label }
sign-up-again = Prosimy wysłać formularz jeszcze raz
sign-up-text-changed = Treść tego formularza zmieniła się po jego otwarciu. Prosimy ją przeczytać i wybrać ponownie. Nic nie zostało zapisane.
sign-up-too-soon = Formularz wrócił szybciej niż zwykle. Nic jeszcze nie zostało zapisane. Prosimy jeszcze raz nacisnąć „Zapisz mnie”.
sign-up-stale = Ten formularz był otwarty zbyt długo. Prosimy go sprawdzić i wysłać jeszcze raz. Nic nie zostało zapisane.

# Prosimy sprawdzić pocztę
check-title = Prosimy sprawdzić pocztę
check-sent = Wysyłamy wiadomość na podany adres. Powinna dotrzeć w ciągu minuty.
check-do = Prosimy ją otworzyć i nacisnąć „Tak, proszę o te wiadomości” albo wpisać kod tutaj.
check-until = Link i kod działają do { $until }.
check-missing = Wiadomość nie dotarła?
check-missing-wait = Prosimy odczekać kilka minut: niektóre serwisy pocztowe zatrzymują wiadomość, zanim ją przepuszczą.
check-missing-spam = Prosimy zajrzeć do folderu ze spamem. Nadawca: { $sender }.
check-missing-typo = W adresie może być literówka: wystarczy wrócić i wpisać go jeszcze raz.
check-limit = Aby chronić przed niechcianą pocztą, na ten sam adres wysyłamy najwyżej jedną wiadomość co 10 minut i trzy dziennie. Jeśli adres został zablokowany dla nowych próśb, nic nie jest wysyłane.
check-again = Wyślij jeszcze raz
check-other = Użyj innego adresu
check-resent = Jeśli pozwala na to limit dla tego adresu, nowa wiadomość jest już w drodze. Prosimy użyć najnowszej.

# Potwierdzenie
confirm-title = Prosimy potwierdzić wybór wiadomości
confirm-asked = Dnia { $date } ktoś poprosił o wiadomości na adres { $address }. Najpewniej była to osoba, która z niego korzysta.
confirm-you-get = Co będzie wysyłane po potwierdzeniu:
confirm-choose = Wybrane wiadomości
confirm-untick = Niechciane pozycje można odznaczyć.
confirm-nothing-ticked = Prosimy zostawić zaznaczone co najmniej jedno pole albo nacisnąć „Nie, usuń moją prośbę”
confirm-not-asked = Prosimy wybrać spośród pól tej prośby
confirm-yes = Tak, proszę o te wiadomości
confirm-no = Nie, usuń moją prośbę
confirm-why = Dlaczego jeszcze jedno kliknięcie? Programy zabezpieczające otwierają linki w wiadomościach. Kliknięcie dowodzi, że to decyzja człowieka.
confirm-until = Ten link działa do { $until }. Bez potwierdzenia prośba zostanie usunięta i nic nie zostanie wysłane.
confirmed-title = Zapis potwierdzony
confirmed-now = Wybór został zapisany.
confirmed-already = Potwierdzono { $when }. Nic więcej nie trzeba robić.
confirmed-you-get = Wybrane wiadomości:
confirmed-next-title = Co dalej
confirmed-next = Następna wiadomość przyjdzie, gdy zostanie wysłana. W każdej jest link do rezygnacji. Zdanie można zmienić w każdej chwili.
confirmed-preferences = Zobacz lub zmień ustawienia
deleted-title = Prośba została usunięta
deleted-now = Wiadomości, których dotyczyła ta prośba, nie będą wysyłane.
deleted-next = Nic więcej się nie zmieniło. Z innych naszych wiadomości można zrezygnować przez link w każdej z nich.
deleted-form = Wróć do formularza

# Ustawienia
preferences-title = Ustawienia wiadomości e-mail
preferences-address = Adres: { $address }
preferences-tally = Aktywne subskrypcje: { $n } z { $of }.
preferences-choose = Dostępne wiadomości
preferences-language = Język wiadomości
preferences-save = Zapisz ustawienia
preferences-stop = Zrezygnuj ze wszystkiego
preferences-effect = Rezygnacja działa od razu. Wiadomość, która jest już w drodze, może jeszcze dotrzeć.
preferences-pause = Przerwa w wysyłce
preferences-pause-what = Ustawienia pozostają, a nic nie jest wysyłane przez:
preferences-pause-2w = 2 tygodnie
preferences-pause-1m = 1 miesiąc
preferences-pause-3m = 3 miesiące
preferences-paused = Wysyłka jest wstrzymana do { $date }.
preferences-resume = Wznów teraz
preferences-more = Więcej możliwości
preferences-more-why = Tę stronę otwarto przez link, który mógł zostać przekazany dalej. Dlatego adres jest częściowo ukryty, a historia też. Aby je zobaczyć albo zapisać się na nowe wiadomości bez kolejnego potwierdzenia, potrzebny jest kod, który wyślemy na ten adres.
preferences-code = Wyślij mi kod
preferences-code-again = Wyślij mi nowy kod
history-title = Historia
history-none = Jeszcze nic się nie wydarzyło.
history-when = Data
history-what = Co się stało
history-asked = Prośba o wiadomości: { $names }.
history-mailed = Wysłaliśmy wiadomość z prośbą o potwierdzenie.
history-bounced = Nie udało się dostarczyć wiadomości z prośbą o potwierdzenie.
history-yes = Zgoda: { $names }.
history-left = Rezygnacja: { $names }.
history-no = Odmowa: { $names }.
history-too-old = Zgoda wygasła: { $names }.
history-again = Powtórzono wcześniejszą decyzję.
history-lapsed = Prośba nie została potwierdzona na czas i została usunięta.
history-not-me = Zgłoszono nam, że prośba pochodziła od kogoś innego.
history-paused = Rozpoczęto przerwę.
history-resumed = Przerwa się skończyła.
history-language = Zmieniono język wiadomości.
history-by-form = Przez formularz zapisu.
history-by-link = Przez link, który wysłaliśmy.
history-by-code = Kodem, który wysłaliśmy.
history-by-preferences = Na tej stronie.
history-by-unsubscribe = Przez link do rezygnacji w wiadomości.
history-by-one-click = Przyciskiem rezygnacji w programie pocztowym.
history-by-undo = Przez cofnięcie poprzedniej zmiany.
history-by-not-me = Przez link „To nie ja”.
history-by-time = Automatycznie.
recipients-title = Kto otrzymuje dane
recipients-none = Tylko { $name } i dostawca tej strony, który działa zgodnie z poleceniami tej organizacji.
recipients-some = { $name }, dostawca tej strony, który działa zgodnie z poleceniami tej organizacji, oraz:
rights-title = Prawa związane z danymi
rights-list = Każdy może zobaczyć swoje dane, poprawić je, przenieść gdzie indziej, zażądać ich usunięcia lub ograniczenia przetwarzania oraz wnieść sprzeciw wobec ich wykorzystania.
rights-write = Adres do kontaktu:
rights-deadline = Odpowiedź przychodzi w ciągu miesiąca i jest bezpłatna.
saved-title = Zapisano
saved-nothing = Nic się nie zmieniło.
saved-left = Koniec wysyłki: { $name }.
saved-joined = Początek wysyłki: { $name }.
saved-asked = Czeka na potwierdzenie: { $name }.
saved-held = Jeszcze nie rozpoczęto, bo nie możemy teraz wysłać wiadomości z prośbą o potwierdzenie: { $name }.
saved-language = Będziemy pisać w tym języku: { $name }.
saved-underway = Zmiana działa od teraz. Wiadomość, która jest już w drodze, może jeszcze dotrzeć.
saved-confirm = Wiadomość z prośbą o potwierdzenie jest w drodze. Do czasu potwierdzenia nic nowego nie będzie wysyłane.
not-saved-title = Nic się nie zmieniło
not-saved-offered = Zmieniły się dostępne opcje. Są poniżej: prosimy je przejrzeć i zapisać ponownie.
not-saved-break = Prosimy wybrać jedną z przerw poniżej.
frozen-title = Przetwarzanie danych jest ograniczone
frozen-what = To skutek zgłoszonego żądania. Nic nie jest wysyłane, a ustawienia pozostają bez zmian. Nadal można zrezygnować ze wszystkiego. Aby zakończyć ograniczenie, prosimy napisać na adres podany na dole tej strony.
stopped-title = Zrezygnowano ze wszystkiego
stopped-now = Nic więcej nie będzie wysyłane.
paused-title = Wysyłka jest wstrzymana
paused-now = Do { $date } nic nie będzie wysyłane. Potem wysyłka wznowi się automatycznie.
resumed-title = Przerwa się skończyła
resumed-now = Znów będzie wysyłane to, co zaznaczono poniżej.
undone-title = Cofnięto zmianę
undone-now = Ustawienia są takie jak wcześniej.
undo-late-title = Tej zmiany nie można już cofnąć
undo-late-next = Zmianę można cofnąć przez 15 minut. Ustawienia nadal można zmienić poniżej.
code-sent-title = Wysyłamy kod
code-sent-now = Powinien dotrzeć w ciągu minuty. Należy go wpisać w części „Więcej możliwości”. Działa przez 30 minut.

# Wyślij mi mój link
ask-title = Wyślij mi mój link
ask-what = Wyślemy link do strony, na której można zobaczyć i zmienić, co jest wysyłane.
ask-hint = Adres, na który przychodzą nasze wiadomości.
ask-send = Wyślij mi mój link
ask-whose = Od kogo przychodzą wiadomości?
ask-nobody = Nikt jeszcze nie wysyła wiadomości za pomocą tej usługi.
ask-sent-title = Prosimy sprawdzić pocztę
ask-sent-what = Jeśli znamy ten adres, link powinien dotrzeć w ciągu minuty.
ask-sent-unknown = Aby chronić prywatność, ta strona nie podaje, czy adres jest znany.

# Rezygnacja
unsubscribe-title = Zrezygnować z „{ $name }”?
unsubscribe-title-all = Zrezygnować ze wszystkich wiadomości od nadawcy { $name }?
unsubscribe-already = Rezygnację zapisano { $date }. Nic więcej nie trzeba robić.
unsubscribe-now = Zrezygnuj
unsubscribe-effect = Rezygnacja działa od razu. Wiadomość, która jest już w drodze, może jeszcze dotrzeć.
unsubscribe-other = Inne możliwości
unsubscribe-pause = Przerwa w wysyłce
unsubscribe-choose = Wybór wiadomości
unsubscribed-title = Zrezygnowano z „{ $name }”
unsubscribed-title-all = Zrezygnowano ze wszystkich wiadomości od nadawcy { $name }
unsubscribed-now = Rezygnacja działa od teraz. Nie wyślemy w tej sprawie żadnej wiadomości.
unsubscribed-mistake = To była pomyłka?
unsubscribed-still = Co jest nadal wysyłane
unsubscribed-still-none = Nic od nadawcy { $name }.
reason-title = Jedno pytanie, odpowiedź jest dobrowolna
reason-label = Jaki jest powód rezygnacji?
reason-none = Wolę nie odpowiadać
reason-too-many = Za dużo wiadomości
reason-not-relevant = Tematy mnie nie interesują
reason-never-asked = To nie była moja prośba
reason-other-address = Używam teraz innego adresu
reason-other = Inny powód
reason-send = Wyślij moją odpowiedź
reason-thanks = Dziękujemy. Odpowiedź została zapisana.

# To nie ja
not-me-title = Prośba pochodzi od kogoś innego?
not-me-what = Ktoś wpisał { $address } w formularzu zapisu. Jeśli to ktoś obcy, wystarczy jeden przycisk:
not-me-request = prośba zostanie usunięta;
not-me-block = nowe prośby dla tego adresu będą pomijane, więc takie wiadomości nie będą już wysyłane;
not-me-keep = nie zmieni się to, co jest już wysyłane.
not-me-send = Zablokuj ten adres
not-me-nothing = Bez potwierdzenia prośba po kilku dniach zostanie automatycznie usunięta i nic nie zostanie wysłane. Nic nie trzeba robić.
not-me-done-title = Ten adres jest zablokowany
not-me-done = Prośba dotycząca { $address } została usunięta. Formularze zapisu nie spowodują już wysyłania naszych wiadomości na ten adres.
not-me-later = Aby kiedyś się zapisać, wystarczy napisać na adres podany na dole tej strony.

# Informacja o przetwarzaniu danych
notice-title = Informacja o przetwarzaniu danych: { $name }
notice-version = Wersja { $version }, obowiązuje od { $date }
notice-who = Kto jest administratorem danych
notice-what-for = Do czego służy adres
notice-basis = Dlaczego jest to dozwolone
notice-basis-text = Podstawą jest zgoda, udzielana osobno na każdy rodzaj wiadomości (art. 6 ust. 1 lit. a RODO). Można swobodnie odmówić: nic innego od tego nie zależy.
notice-stop = Jak zrezygnować
notice-stop-text = Wystarczy link na dole dowolnej wiadomości albo link zamówiony tutaj. Rezygnacja działa od razu. To, co wysłano wcześniej, pozostaje zgodne z prawem.
notice-data = Co jest przechowywane
notice-data-text = Adres, język i to, co wpisano w formularzu. Jako dowód każdego wyboru: data i godzina, pokazana treść, strona, nazwa przeglądarki i część adresu sieciowego.
notice-long = Jak długo
notice-long-request = { $n ->
    [one] Niepotwierdzona prośba: usuwana po { $n } dniu.
    [few] Niepotwierdzona prośba: usuwana po { $n } dniach.
    [many] Niepotwierdzona prośba: usuwana po { $n } dniach.
   *[other] Niepotwierdzona prośba: usuwana po { $n } dnia.
  }
notice-long-consent = Adres: tak długo, jak coś jest wysyłane, albo do zgłoszenia żądania jego usunięcia.
notice-long-lapse = { $n ->
    [one] Zgoda na „{ $name }”, która nie jest używana przez { $n } dzień, przestaje obowiązywać.
    [few] Zgoda na „{ $name }”, która nie jest używana przez { $n } dni, przestaje obowiązywać.
    [many] Zgoda na „{ $name }”, która nie jest używana przez { $n } dni, przestaje obowiązywać.
   *[other] Zgoda na „{ $name }”, która nie jest używana przez { $n } dnia, przestaje obowiązywać.
 }
notice-where = Gdzie
notice-where-eu = Dane są przechowywane w Unii Europejskiej.
notice-where-country = Dane są przechowywane w tym kraju: { $country }.
notice-long-proof = Dowód każdej decyzji: tak długo, jak decyzja obowiązuje, a potem tak długo, jak prawo pozwala ją podważać.
notice-complain = Skarga

# Drzwi wejściowe
root-title = Zgoda na otrzymywanie wiadomości e-mail
root-link = Każda wiadomość wysłana za pomocą tej usługi zawiera link do strony ustawień. Kto nie ma go pod ręką, może o niego poprosić.
root-docs = Dokumentacja

# Jak działa ta strona
how-title = Jak działa ta strona
how-lead = Ta usługa przechowuje jedną rzecz: zgodę na otrzymywanie wiadomości e-mail. Kto może pisać, o czym i od kiedy.
how-open = Otwarcie linku niczego nie zmienia
how-open-text = Programy zabezpieczające otwierają linki w wiadomościach wcześniej niż odbiorca. Dlatego link tylko wyświetla stronę. Zmiana następuje dopiero po naciśnięciu przycisku na tej stronie.
how-twice = Dlaczego pytamy dwa razy
how-twice-text = Każdy może wpisać w formularzu cudzy adres. Dlatego zapis liczy się dopiero po potwierdzeniu z właściwej skrzynki pocztowej. Prośba, której nikt nie potwierdzi, jest usuwana.
how-leave = Zrezygnować jest tak samo łatwo, jak się zapisać
how-leave-text = Jeden przycisk. Bez hasła i bez wcześniejszych pytań. Link działa w każdej wiadomości, nawet bardzo starej, i od razu.
how-masked = Dlaczego adres jest ukryty
how-masked-text = Wiadomości bywają przekazywane dalej. Kto otworzy link z newslettera, może zrezygnować z wiadomości, ale nie zobaczy całego adresu ani historii i nie zapisze nikogo na nic nowego. Do tego potrzebny jest kod, który wysyłamy do skrzynki odbiorcy.
how-proof = Co jest przechowywane jako dowód
how-proof-text = Przy każdym „tak” lub „nie”: data, dokładna treść, która została pokazana, i sposób odpowiedzi. Każda odpowiedź ma numer pokwitowania.
how-watch = Czego tu nie ma
how-watch-text = Nie ma śledzenia ani reklam. Nic na tych stronach nie pochodzi od innej firmy. Działają w każdej przeglądarce, bez JavaScriptu.
how-ask = Gdy nie ma linku
how-ask-text = Można poprosić o link: wyślemy go na podany adres. W innych sprawach prosimy pisać do organizacji, która wysyła wiadomości.

# Gdy coś się nie udało
message-link-title = Ten link już nie działa
message-expired = Działał do { $date }. Linki po pewnym czasie przestają działać, aby chronić dane.
message-replaced = Od tego czasu wysłaliśmy nowszy link. Prosimy użyć tego z najnowszej wiadomości.
message-revoked = Rezygnację z wiadomości zapisano { $date }. Linki wysłane wcześniej nie uruchomią już wysyłki. Aby jednak otrzymywać te wiadomości, wystarczy poprosić o nowy link.
message-confirmed = Prośba została potwierdzona { $date } za pomocą wiadomości wysłanej na ten adres. Z wiadomości można zrezygnować na stronie ustawień.
message-frozen-title = Teraz nie można tu nic zmienić
message-frozen = Przetwarzanie danych jest ograniczone na żądanie osoby, której dotyczą, albo trzeba było wstrzymać wysyłkę na ten adres. Nic się nie zmieniło.
message-unreadable-title = Nie mogliśmy odczytać tego linku
message-unreadable = Jeśli link został skopiowany z wiadomości, prosimy sprawdzić, czy jest cały. Można też poprosić o nowy.
message-not-found-title = Nie znaleziono strony
message-not-found = Jeśli adres został wpisany ręcznie, prosimy go sprawdzić. Do ustawień wiadomości prowadzi link, o który można poprosić.
message-too-fast-title = Prosimy chwilę zaczekać
message-too-fast = { $n ->
    [one] W krótkim czasie było za dużo prób. Nic się nie zmieniło. Prosimy spróbować ponownie za { $n } minutę.
    [few] W krótkim czasie było za dużo prób. Nic się nie zmieniło. Prosimy spróbować ponownie za { $n } minuty.
    [many] W krótkim czasie było za dużo prób. Nic się nie zmieniło. Prosimy spróbować ponownie za { $n } minut.
   *[other] W krótkim czasie było za dużo prób. Nic się nie zmieniło. Prosimy spróbować ponownie za { $n } minuty.
  }
message-closed-title = Ten formularz jest zamknięty
message-closed = Nie przyjmuje już zapisów. Adres nie został zapisany.
message-origin-title = Tego formularza nie można używać na tamtej stronie
message-origin = Formularz wysłano ze strony, która nie może go używać. Nic nie zostało zapisane. Zapisać się można na naszej własnej stronie.
message-bad-request-title = Nie mogliśmy odczytać tego formularza
message-bad-request = Przysłano go w inny sposób, niż robi to ta strona. Nic się nie zmieniło. Prosimy otworzyć stronę ponownie i spróbować jeszcze raz.
message-too-large-title = Ten formularz jest za długi
message-too-large = Zawiera więcej tekstu, niż przyjmujemy. Nic się nie zmieniło. Prosimy go skrócić i wysłać jeszcze raz.
message-not-proven-title = Pokwitowanie jest prawie gotowe
message-not-saved-title = Wybór nie został zapisany
message-not-saved = Usterka jest po naszej stronie. Nic się nie zmieniło. Prosimy spróbować ponownie za kilka minut.
message-new-link = Wyślij mi nowy link
message-same-address = Trafi na ten sam adres co poprzedni. Nie trzeba go wpisywać.
message-again = Spróbuj ponownie
message-help = Jeśli to nadal nie działa, prosimy napisać na adres

## Declared fields
field-choose = Prosimy wybrać
field-years = od { $from } do { $to }
field-years-from = { $from } lub później
field-years-to = { $to } lub wcześniej
sign-up-field-unreadable = Prosimy napisać w jednym wierszu, bez ukrytych znaków: { $label }
sign-up-field-not-offered = Prosimy wybrać spośród podanych możliwości: { $label }
sign-up-field-repeated = Prosimy wypełnić tylko raz: { $label }
preferences-told = Podane informacje

## Privacy notice
notice-dpo = Inspektor ochrony danych: { $dpo }
notice-transfer = To miejsce leży poza Europejskim Obszarem Gospodarczym. Co chroni tam dane: { $safeguard }
notice-transfer-adequate = To miejsce leży poza Europejskim Obszarem Gospodarczym. Komisja Europejska stwierdziła, że dane osobowe są tam dobrze chronione (decyzja stwierdzająca odpowiedni stopień ochrony; art. 45 RODO).
notice-required = Podanie danych jest dobrowolne: nie wymaga tego ani prawo, ani umowa. Bez adresu nie możemy wysyłać wiadomości. Pole nieobowiązkowe może pozostać puste.
notice-automated = Żadna decyzja w sprawie danej osoby nie jest podejmowana wyłącznie przez program.
notice-complain-named = Skargę można złożyć do organu ochrony danych:
notice-complain-other = Można też zwrócić się do organu w kraju zamieszkania lub pracy.
notice-complain-any = Skargę można złożyć do organu ochrony danych w kraju zamieszkania lub pracy. Organy krajów Unii Europejskiej wymieniono na stronie edpb.europa.eu.
## Age and guardian
age-legend = Wiek
age-why = Poniżej { $age } lat prawo wymaga także zgody rodzica lub opiekuna prawnego. Zapisujemy tylko to, którą z dwóch odpowiedzi wybrano.
age-why-refuse = Osoby poniżej { $age } lat nie mogą zapisać się tu samodzielnie. Zapisujemy tylko to, którą z dwóch odpowiedzi wybrano.
age-at-least = Mam { $age } lat lub więcej
age-younger = Mam mniej niż { $age } lat
age-missing = Prosimy wskazać, czy wiek wynosi { $age } lat lub więcej
guardian-label = Adres e-mail rodzica lub opiekuna prawnego (tylko dla osób poniżej { $age } lat)
guardian-why = Zapytamy tę osobę e-mailem o zgodę. Do chwili uzyskania obu zgód nie wyślemy nic więcej. Osoby, które mają { $age } lat lub więcej, zostawiają to pole puste.
guardian-missing = Prosimy wpisać adres e-mail rodzica lub opiekuna prawnego: jest potrzebny poniżej { $age } lat
guardian-same = Prosimy wpisać adres rodzica lub opiekuna prawnego, a nie własny
guardian-wrong = Prosimy sprawdzić adres rodzica lub opiekuna prawnego. { $problem }
young-title = Samodzielny zapis nie jest tu jeszcze możliwy
young-nothing = Nic z wpisanych danych nie zostało zapisane.
young-why = Te wiadomości są dla osób, które mają { $age } lat lub więcej. Od tego wieku prawo pozwala samodzielnie wyrazić zgodę.
young-next = Nic złego się nie stało. W razie pytań można poprosić kogoś dorosłego, aby do nas napisał.
waiting-title = Zgoda została zapisana
waiting-now = Teraz zgodzić się musi także rodzic lub opiekun prawny. Zapytaliśmy tę osobę e-mailem.
waiting-until = Na odpowiedź czekamy do { $until }. Bez niej prośba zostanie usunięta i nic nie zostanie wysłane.
waiting-next = Nic więcej nie trzeba robić. Do czasu odpowiedzi nie wyślemy nic więcej.
waiting-change = Po zmianie zdania nadal można usunąć prośbę.
guardian-title = Czy jest zgoda na te wiadomości?
guardian-asked = Dnia { $date } osoba poniżej { $age } lat poprosiła o wiadomości na adres { $address }. Jako adres rodzica lub opiekuna prawnego podała adres, na który wysłaliśmy ten link.
guardian-get = Co dziecko będzie otrzymywać, jeśli obie osoby się zgodzą:
guardian-yes = Tak, zgadzam się
guardian-no = Nie, usuń prośbę
guardian-both = Potrzebne są dwie zgody: dziecka oraz rodzica lub opiekuna prawnego. Wcześniej nic nie jest wysyłane. Wysyłkę można zatrzymać w każdej chwili.
guardian-until = Ten link działa do { $until }. Bez odpowiedzi prośba zostanie usunięta i żadna wiadomość nie zostanie wysłana.
guardian-not-me = Nie jestem rodzicem ani opiekunem prawnym tego dziecka
guardian-agreed-title = Zgoda została zapisana
guardian-agreed-waits = Dziecko musi jeszcze wyrazić zgodę, w wiadomości wysłanej na adres { $address }. Do tego czasu nic nie jest wysyłane.
guardian-agreed-done = Dziecko także wyraziło zgodę. Wysyłka może się rozpocząć.
guardian-agreed-stop = W każdej wiadomości jest link do rezygnacji. W każdej chwili można też do nas napisać, na adres podany niżej.
guardian-agreed-kept = Adres rodzica lub opiekuna prawnego nie jest już przechowywany. Jako dowód odpowiedzi zachowujemy jej datę i kod obliczony z tego adresu.
guardian-over-title = Ta prośba jest zamknięta
guardian-over = Została usunięta. Nie będą z jej powodu wysyłane żadne wiadomości, a adres rodzica lub opiekuna prawnego nie jest już przechowywany.
guardian-refused-title = Prośba została usunięta
guardian-refused = Zapisano odmowę. Dziecko nie otrzyma wiadomości, o które poproszono, a adres rodzica lub opiekuna prawnego nie jest już przechowywany.
guardian-block-what = Ktoś podał ten adres jako adres rodzica lub opiekuna prawnego. Jeśli to nieprawda, wystarczy jeden przycisk:
guardian-block-keep = inne wiadomości na ten adres nie zmienią się.
standing-waiting-guardian = Czekamy na dwie odpowiedzi: z tego adresu oraz od rodzica lub opiekuna prawnego. Na oba adresy wysłaliśmy wiadomość.
saved-guardian = Bez zmian: { $name }. Potrzebna jest zgoda rodzica lub opiekuna prawnego: można o nią poprosić przez formularz zapisu.
history-agreed-child = Wyrażono zgodę. Brakowało jeszcze zgody rodzica lub opiekuna prawnego.
history-agreed-guardian = Rodzic lub opiekun prawny wyraził zgodę. Brakowało jeszcze drugiej zgody.
history-guardian-asked = Zapytaliśmy e-mailem rodzica lub opiekuna prawnego.
history-guardian-unreached = Nie udało się dostarczyć wiadomości do rodzica lub opiekuna prawnego.
history-by-guardian = Przez odpowiedź rodzica lub opiekuna prawnego.
## proof of work and budgets
prove-title = Jeszcze jeden krok
prove-why = Adres nie został jeszcze zapisany. Do tego formularza wpływa teraz bardzo dużo zapisów, a większość nie pochodzi od ludzi.
prove-next = Aby przejść dalej, prosimy nacisnąć przycisk. Przeglądarka może chwilę liczyć: tak odróżniamy człowieka od programu.
prove-send = Dalej
prove-counting = Przeglądarka liczy. To potrwa kilka sekund.
email-disposable = Prosimy podać adres używany na stałe: ten pochodzi z serwisu adresów tymczasowych
check-meant = Czy chodziło o adres w domenie { $domain }?
check-meant-next = Wpisany adres kończy się nieco inaczej. Jeśli jest poprawny, wszystko w porządku. Jeśli nie, prosimy zapisać się ponownie z poprawnym adresem.
## Looks
misdirected = Ta nazwa prowadzi tutaj, ale nie ustawiono dla niej żadnej strony. Jej właściciel może wpisać ją w części „hosts” swojej organizacji i zastosować plik albo ustawić ją jako adres podstawowy. Serwer proxy po drodze musi przekazywać nagłówek Host bez zmian.
## The browser that signed up
check-same-browser = Po otwarciu linku z wiadomości w tej przeglądarce nie trzeba naciskać przycisku: otwarcie oznacza zgodę.
history-by-same-browser = Przez otwarcie wysłanego przez nas linku w przeglądarce użytej do zapisu.
how-cookie = Jedyny plik cookie
how-cookie-text = Przy zapisie przeglądarka zachowuje jeden plik cookie dla tej strony, do czasu odpowiedzi albo upływu terminu prośby. Jeśli link z wiadomości zostanie otwarty w tej samej przeglądarce, strona rozpozna ją i nie trzeba naciskać przycisku. Żadna inna przeglądarka nie ma tego pliku, nie ma go też żaden program zabezpieczający. Nie służy do niczego innego i nie ma innych plików cookie.
## Embedded forms
embed-down = Nie udało się wysłać formularza. Wpisane dane nadal tu są. Prosimy za chwilę ponownie nacisnąć przycisk.
embed-own-page = Zapis na naszej własnej stronie
embed-change = W każdej wiadomości jest link do zmiany ustawień lub rezygnacji.

## Snippets
snippet-title = Umieszczanie tego formularza na stronie
snippet-lead = Cztery sposoby, jeden formularz. Treść, na którą ludzie się zgadzają, pozostaje taka, jaką opublikowano tutaj.
snippet-element = Element
snippet-element-why = Kod należy wkleić tam, gdzie ma być formularz. Przyjmuje on wygląd strony. Bez skryptu widać link.
snippet-pinned = Aby wczytać dokładnie te bajty i żadnych innych, należy użyć tego wiersza dla skryptu. Nie otrzymuje on naszych poprawek.
snippet-plain = Sam HTML
snippet-plain-why = Bez żadnego skryptu. Zawiera wersję swojej treści: po zmianie formularza lub tekstu należy wkleić go ponownie.
snippet-frame = Ramka
snippet-frame-why = Dla kreatorów stron, które nie przyjmują skryptów. Skrypt poniżej tylko dopasowuje wysokość; bez niego ramka się przewija.
snippet-link = Link i kod QR
snippet-link-why = Do wpisów, wiadomości i na papier.
snippet-qr = Kod QR tego adresu
snippet-copy = Kopiuj
snippet-copied = Skopiowano
snippet-preview = Podgląd
snippet-preview-why = To prawdziwy formularz. Wysłane tu dane są prawdziwym zapisem.
snippet-auto = Jak strona
snippet-light = Jasny
snippet-dark = Ciemny
snippet-bare = Bez naszego stylu
snippet-phone = Szerokość telefonu
snippet-wide = Pełna szerokość

## The reference of the API
docs-api = Opis API
docs-api-lead = Każde żądanie, które może wysłać narzędzie: co zawiera i jaka jest odpowiedź.
docs-api-english = Opis jest po angielsku, tak jak samo API.

## Acts of the organisation
history-restricted = Twoje dane zostały zamrożone na Twoją prośbę.
history-unrestricted = Zamrożenie Twoich danych zakończyło się.
history-suppressed = Twój adres został oznaczony: nie wolno na niego pisać.
history-unsuppressed = Oznaczenie zakazujące pisania na Twój adres zostało usunięte.
history-cancelled = Prośba została wycofana, zanim ją potwierdzono.
history-by-api = Zgodnie z tym, co przekazano organizacji.

## Events

docs-events = Zdarzenia
docs-events-lead = Co się tu dzieje i co mówią o tym strumień zdarzeń i webhooki.

## Recipients

recipients-past = { $name }: adres przekazywano do { $date }.
