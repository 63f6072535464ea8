# Wiadomości e-mail.

# Każda wiadomość
mail-raw-url = Jeśli przycisk nie działa, można skopiować ten adres do przeglądarki:
mail-asked = Prośbę złożono na stronie { $place }, { $when }.
mail-sent-by = Tę wiadomość wysłał serwer { $host } w imieniu nadawcy { $brand }.
mail-contact = Kontakt: { $contact }
mail-notice = Informacja o przetwarzaniu danych

# Potwierdzenie
mail-confirm-subject = Prosimy potwierdzić zapis: { $brand }
mail-confirm-title = Czy wysyłać te wiadomości?
mail-confirm-who = Do nadawcy { $brand } wpłynęła prośba o wysyłanie wiadomości na adres { $address }. Bez potwierdzenia nic więcej nie zostanie wysłane.
mail-confirm-what = Co będzie wysyłane po potwierdzeniu:
mail-confirm-yes = Tak, proszę o te wiadomości
mail-confirm-code = Można też wpisać ten kod na stronie zapisu:
mail-confirm-expires = Link i kod działają do { $when }.
mail-confirm-leave = Po potwierdzeniu można w każdej chwili zrezygnować, jednym kliknięciem.
mail-confirm-ignore = Jeśli prośbę złożył ktoś inny, nic nie trzeba robić: nic więcej nie zostanie wysłane, a prośba zostanie usunięta.
mail-confirm-not-me = To nie ja
mail-confirm-not-me-means = (aby zablokować nowe prośby dla tego adresu)

# Zapis już jest
mail-already-subject = Zapis jest już aktywny: { $brand }
mail-already-title = Zapis jest już aktywny
mail-already-who = Do nadawcy { $brand } wpłynęła nowa prośba o wysyłanie wiadomości na adres { $address }. Są już wysyłane, więc nic się nie zmienia.
mail-already-what = Co jest wysyłane:
mail-already-since = od { $date }
mail-already-link = Zobacz lub zmień ustawienia
mail-already-ignore = Jeśli prośbę złożył ktoś inny, nic nie trzeba robić.

# Link
mail-link-subject = Link do ustawień wiadomości od nadawcy { $brand }
mail-link-title = Oto link
mail-link-who = Poproszono o link do ustawień wiadomości od nadawcy { $brand } dla adresu { $address }.
mail-link-opens = Otwiera stronę, na której widać, co jest wysyłane i od kiedy. Można tam zmienić ustawienia, zrezygnować i skorzystać z praw do swoich danych.
mail-link-button = Otwórz ustawienia
mail-link-expires =
    { $minutes ->
        [one] Link działa przez { $minutes } minutę, do { $when }.
        [few] Link działa przez { $minutes } minuty, do { $when }.
        [many] Link działa przez { $minutes } minut, do { $when }.
       *[other] Link działa przez { $minutes } minuty, do { $when }.
    }
mail-link-keep = Prosimy nie przekazywać tej wiadomości: każdy, kto ją ma, może użyć linku.
mail-link-ignore = Jeśli o link poprosił ktoś inny, nic nie trzeba robić: bez tej wiadomości nikt nie może go użyć.

# Kod
mail-code-subject = Kod od nadawcy { $brand }
mail-code-title = Kod
mail-code-allows-preferences = Kod należy wpisać na otwartej stronie, aby zobaczyć i zmienić ustawienia wiadomości od nadawcy { $brand } (adres { $address }).
mail-code-allows-export = Kod należy wpisać na otwartej stronie, aby pobrać dane dotyczące { $address }, które przechowuje { $brand }.
mail-code-allows-erasure = Kod należy wpisać na otwartej stronie, aby usunąć dane dotyczące { $address }, które przechowuje { $brand }. Tego nie można cofnąć.
mail-code-expires =
    { $minutes ->
        [one] Kod działa przez { $minutes } minutę, do { $when }.
        [few] Kod działa przez { $minutes } minuty, do { $when }.
        [many] Kod działa przez { $minutes } minut, do { $when }.
       *[other] Kod działa przez { $minutes } minuty, do { $when }.
    }
mail-code-ignore = Jeśli o kod poprosił ktoś inny, nic nie trzeba robić. Kodu nie należy nikomu podawać. { $brand } nigdy nie prosi o ten kod przez telefon ani e-mail.

# Pokwitowanie
mail-receipt-subject = Pokwitowanie { $number } od nadawcy { $brand }
mail-receipt-title = Pokwitowanie
mail-receipt-agreed = Zgoda z { $when } na wiadomości od nadawcy { $brand } na adres { $address }:
mail-receipt-stopped = Rezygnacja z { $when }, wiadomości od nadawcy { $brand } na adres { $address }:
mail-receipt-refused = Odmowa z { $when }, wiadomości od nadawcy { $brand } na adres { $address }:
mail-receipt-change = { $name }: { $state }
mail-receipt-yes = zgoda
mail-receipt-stop = rezygnacja
mail-receipt-no = odmowa
mail-receipt-number = Numer pokwitowania: { $number }
mail-receipt-files = W załączeniu: { $paper } (do czytania) i { $proof } (dowód)
mail-receipt-keep = Warto zachować tę wiadomość: dowodzi, co zostało wybrane i kiedy.
mail-receipt-check = Aby sprawdzić dowód, wystarczy wybrać plik { $proof } na tej stronie. Plik jest sprawdzany w przeglądarce i nigdzie nie jest wysyłany:
mail-receipt-ask = Po zmianie zdania albo gdy decyzję podjął ktoś inny, można poprosić tutaj o link do ustawień:

## Guardian
mail-guardian-subject = Zapis czeka na odpowiedź: { $brand }
mail-guardian-title = Czy jest zgoda na te wiadomości?
mail-guardian-who = Osoba poniżej { $age } lat poprosiła nadawcę { $brand } o wysyłanie wiadomości na adres { $address } i jako adres rodzica lub opiekuna prawnego podała adres, na który przyszła ta wiadomość.
mail-guardian-both = W tym wieku potrzebne są dwie zgody: dziecka oraz rodzica lub opiekuna prawnego. Do chwili uzyskania obu zgód nic więcej nie zostanie wysłane.
mail-guardian-what = Co dziecko będzie otrzymywać, jeśli obie osoby się zgodzą:
mail-guardian-yes = Tak, zgadzam się na te wiadomości
mail-guardian-expires = Link działa do { $when }. Na stronie, którą otwiera, można też odmówić.
mail-guardian-leave = Po wyrażeniu zgody wysyłkę można w każdej chwili zatrzymać, jednym kliknięciem.
mail-guardian-ignore = W razie braku zgody albo gdy nie wiadomo, o kogo chodzi, można też nic nie robić: żadne wiadomości nie będą wysyłane, a prośba zostanie usunięta.
mail-guardian-kept = Ten adres służy tylko do tego jednego pytania. Zostanie usunięty, gdy sprawa będzie rozstrzygnięta.
mail-guardian-not-me-means = (aby zablokować nowe prośby dla tego adresu)
## alert
mail-alert-subject-began = Formularz { $form } może być celem ataku
mail-alert-subject-ended = W formularzu { $form } znów jest spokój
mail-alert-began = Od { $when } do formularza { $form } wpływa znacznie więcej zapisów niż zwykle albo prawie żaden nie jest potwierdzany. Być może ktoś używa go do wysyłania ludziom niechcianych wiadomości.
mail-alert-began-now = Formularz wymaga teraz od przeglądarek krótkiego obliczenia, zanim przyjmie zapis. Odwiedzający zobaczą najwyżej jeden przycisk więcej. Cokolwiek się stanie, nikt nie dostanie więcej niż kilka wiadomości z prośbą o potwierdzenie.
mail-alert-began-do = Nic nie trzeba robić. Formularz sam wróci do zwykłego trybu, a wtedy znów napiszemy.
mail-alert-ended = W formularzu { $form } od pół godziny jest spokój. Przyjmuje zapisy tak jak wcześniej.
mail-alert-ended-do = Nic nie trzeba robić.

## Webhook endpoints

mail-endpoint-subject-failing = Państwa punkt webhooków pod { $host } nie przyjmuje wiadomości
mail-endpoint-subject-disabled = Państwa punkt webhooków pod { $host } jest wyłączony
mail-endpoint-failing = Od { $when } Państwa punkt webhooków pod { $host } nie przyjął żadnej z naszych wiadomości. Każdą wiadomość ponawiamy, najwyżej przez trzy dni.
mail-endpoint-failing-do = Prosimy go sprawdzić. Jeśli { $when } nadal nie będzie niczego przyjmował, wyłączymy go i napiszemy.
mail-endpoint-gone = Państwa punkt webhooków pod { $host } odpowiedział, że już nie istnieje (410). Wyłączyliśmy go.
mail-endpoint-failed = Państwa punkt webhooków pod { $host } jest wyłączony: przez 5 dni nie udała się żadna dostawa.
mail-endpoint-disabled-do = Niczego już nie dostaje. Gdy znów zacznie działać, proszę go włączyć przez { $enable } i zlecić ponowne wysłanie tego, co przegapił, przez { $replay }.
mail-endpoint-id = Jego identyfikator to { $id }.
