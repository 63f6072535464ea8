# Pokwitowania i dokumentacje.

# Każdy dokument
doc-page = Strona { $n } z { $of }
doc-replaced = Znaki, których ten dokument nie potrafi narysować, zastąpiono ich numerami, na przykład [U+1F600]. W dołączonych plikach są bez zmian.
doc-file-description = Zapis i jego dowód, do sprawdzenia programem
doc-authority-fr = francuski organ nadzorczy CNIL
doc-authority-other = organ ochrony danych w kraju zamieszkania lub pracy

# Nazwy danych
doc-number = Pokwitowanie
doc-when = Data
doc-address = Adres e-mail
doc-controller = Administrator danych
doc-contact = Kontakt
doc-how = Sposób
doc-page-origin = Strona internetowa
doc-form = Formularz
doc-form-version = { $name }, wersja { $n }
doc-network = Sieć
doc-network-hash = Sieć, skrót z kluczem
doc-browser = Przeglądarka
doc-fetch = Podane przez przeglądarkę
doc-language = Język
doc-state = Stan
doc-state-change = { $before } → { $after }
doc-wording = Treść
doc-wording-version = Wersja { $n } ({ $locale })
doc-sha256 = SHA-256
doc-version = Wersja
doc-read-at = Gdzie ją przeczytać
doc-message-id = Message-ID
doc-mail-answer = Odpowiedź serwera poczty
doc-mail-queued = Napisano
doc-mail-attempts = Próby
doc-request = Prośba
doc-requested-at = Data prośby
doc-record = Zapis
doc-grade = Ocena
doc-grade-person = człowiek
doc-grade-likely-automated = prawdopodobnie program
doc-reason-code-typed = kod wpisano tam, gdzie wypełniono formularz
doc-reason-user-activated = według przeglądarki ktoś kliknął, dotknął ekranu lub nacisnął klawisz
doc-reason-took-time = strona była otwarta tak długo, jak potrzebuje tego człowiek
doc-reason-pressed-at-once = przycisk naciśnięto natychmiast
doc-reason-page-not-opened = strony z przyciskiem nie otwarto
doc-reason-no-activation = przeglądarka nie podaje, że ktoś kliknął
doc-reason-no-fetch-metadata = przeglądarka nie podaje, jak zażądano strony
doc-reason-not-navigated = strony nie zażądano jako strony
doc-reason-cross-site = strony zażądano z innej witryny
doc-reason-prefetch = stronę pobrano z wyprzedzeniem
doc-reason-head = zażądano tylko nagłówka strony
doc-reason-known-scanner = program znany ze sprawdzania linków w wiadomościach
doc-reason-library = program, nie przeglądarka
doc-reason-no-user-agent = nie podano, co to jest
doc-reason-opened-at-once = otwarto w ciągu dwóch sekund od wysłania wiadomości
doc-reason-several-links = kilka linków z jednej wiadomości otwarto w ciągu kilku sekund
doc-openings = Otwarcia linku
doc-opened-at = Otwarcie strony
doc-openings-count = { $n }, w tym przez programy: { $automated }
doc-openings-program = { $what } (program: { $why })
doc-log = Dziennik
doc-log-entry = Wpis
doc-log-entry-of = numer { $index }, liczba wpisów w dzienniku: { $size }
doc-log-commitment = Zobowiązanie
doc-log-root = Korzeń dziennika
doc-log-signed = Podpis dziennika

# W jaki sposób
doc-how-form = przez formularz zapisu
doc-how-link = przez link w wiadomości z prośbą o potwierdzenie
doc-how-code = kodem z 6 cyfr z wiadomości z prośbą o potwierdzenie
doc-how-preferences = na stronie ustawień
doc-how-unsubscribe = przez link do rezygnacji w wiadomości
doc-how-one-click = przyciskiem rezygnacji w programie pocztowym
doc-how-undo = przez cofnięcie poprzedniej zmiany
doc-how-not-me = przez link „To nie ja”
doc-how-time = automatycznie, po upływie terminu
doc-how-mail = pocztą e-mail
doc-how-api = przez system organizacji
doc-how-command = przez operatora tej usługi

# Co się stało
doc-kind-requested = Prośba o wiadomości
doc-kind-mail-sent = Wysłano wiadomość z prośbą o potwierdzenie
doc-kind-mail-bounced = Nie dostarczono wiadomości z prośbą o potwierdzenie
doc-kind-confirmed = Zgoda potwierdzona
doc-kind-withdrawn = Zgoda wycofana
doc-kind-refused = Odmowa zgody
doc-kind-expired = Zgoda wygasła
doc-kind-lapsed = Prośba zamknięta, brak potwierdzenia na czas
doc-kind-reported = Prośba zgłoszona jako cudza
doc-kind-paused = Początek przerwy
doc-kind-resumed = Koniec przerwy
doc-kind-language = Zmiana języka
doc-kind-erased = Dane osoby usunięte

# Stan zgody
doc-state-unknown = brak zgody
doc-state-pending = czeka na potwierdzenie
doc-state-confirmed = potwierdzona
doc-state-withdrawn = wycofana
doc-state-refused = odmowa
doc-state-expired = wygasła

# Pokwitowanie
doc-receipt-title = Pokwitowanie { $number }
doc-receipt-foot = Pokwitowanie { $number } · { $name }
doc-receipt-lead-confirmed = Udzielono zgody na wiadomości wymienione poniżej. Warto zachować to pokwitowanie: dowodzi, na co wyrażono zgodę, jakimi słowami i kiedy.
doc-receipt-lead-withdrawn = Zrezygnowano z wiadomości wymienionych poniżej. Warto zachować to pokwitowanie: dowodzi rezygnacji i jej daty.
doc-receipt-lead-refused = Odmówiono zgody na wiadomości wymienione poniżej. Nie są wysyłane. Warto zachować to pokwitowanie, aby móc tego dowieść.
doc-receipt-lead-requested = Ktoś, najpewniej osoba korzystająca z tego adresu, poprosił o to, co wymieniono poniżej. Nic nie jest wysyłane, dopóki prośba nie zostanie potwierdzona z tej skrzynki pocztowej.
doc-receipt-lead-other = To pokwitowanie dowodzi, co się stało i kiedy. Jest przeznaczone dla osoby, której dotyczy.
doc-receipt-what = Czego dotyczy
doc-receipt-words = Treść strony
doc-receipt-words-lead = Słowo w słowo, tak jak została pokazana, wraz z naciśniętym przyciskiem:
doc-receipt-steps = Jak do tego doszło
doc-receipt-step = { $n }. { $what }
doc-receipt-notice = Informacja o przetwarzaniu danych
doc-receipt-log = Miejsce w publicznym dzienniku
doc-receipt-log-lead = Skrót tego zapisu jest w publicznym dzienniku, do którego można tylko dopisywać. Nikt nie może go niepostrzeżenie zmienić ani usunąć, nawet ci, którzy prowadzą tę usługę. Dziennik nie mówi nic o osobie, której dotyczy zapis.
doc-receipt-log-waiting = Gdy powstawał ten plik, zapis czekał jeszcze na miejsce w publicznym dzienniku. Trwa to kilka sekund. Aby je otrzymać, wystarczy pobrać pokwitowanie ponownie.
doc-receipt-check = Jak sprawdzić to bez nas
doc-receipt-check-file = Należy zapisać plik { $file }, dołączony do tego dokumentu PDF. Zawiera zapis i jego dowód.
doc-receipt-check-command = Na własnym komputerze, bez sieci: ayeaye verify { $file }
doc-receipt-check-page = Można też otworzyć { $url } i wybrać plik. Jest sprawdzany w przeglądarce i nigdzie nie jest wysyłany.
doc-receipt-check-key = Klucz dziennika należy porównać z kluczem otrzymanym inną drogą: { $key }
doc-receipt-leave = Gdy zmieni się zdanie
doc-receipt-leave-text = Wystarczy link na dole dowolnej wiadomości albo link zamówiony na stronie { $url }. Jeden przycisk, bez hasła. Rezygnacja działa od razu.
doc-receipt-join = Aby zapisać się ponownie
doc-receipt-join-text = Można zapisać się jeszcze raz albo poprosić o link na stronie { $url }. Do czasu potwierdzenia nic nie jest wysyłane.
doc-receipt-rights = Prawa związane z danymi
doc-receipt-rights-text = Każdy może zobaczyć swoje dane, poprawić je i przenieść gdzie indziej, a także zażądać ich usunięcia lub ograniczenia przetwarzania. Kontakt: { $contact }. Skargi przyjmuje też { $authority }.

# Pokwitowanie jako dane
doc-data-until-withdrawn = do wycofania zgody lub usunięcia danych
doc-data-until-changed = do czasu innej decyzji tej osoby
doc-data-no-country = Administrator nie podał tej usłudze swojego kraju.
doc-data-no-storage = Administrator nie podał tej usłudze, gdzie dane są przechowywane.
doc-data-no-transfer = Administrator nie podał tej usłudze informacji o przekazywaniu danych do innych krajów.
doc-data-no-notice = Zapis nie wskazuje żadnej informacji o przetwarzaniu danych.

# Dokumentacja
doc-dossier-title = Dowody zgód
doc-dossier-foot = Dowody zgód · { $name } · { $date }
doc-dossier-asked-by = Na wniosek
doc-dossier-subject = Dotyczy
doc-dossier-period = Okres
doc-dossier-period-all = wszystko, co wiadomo
doc-dossier-period-from = od { $from }
doc-dossier-period-to = do { $to }
doc-dossier-period-between = od { $from } do { $to }
doc-dossier-made = Sporządzono
doc-dossier-people = Osoby
doc-dossier-records = Zapisy
doc-dossier-records-erased = { $n }, w tym usunięte: { $erased }
doc-dossier-lead = Ta dokumentacja zawiera każdy krok, w którym dana osoba udzieliła zgody, odmówiła jej lub ją wycofała: kto, kiedy, jak, oraz treść strony, słowo w słowo. Godziny podano w UTC.
doc-dossier-lead-proof = Skrót każdego zapisu jest w publicznym dzienniku, do którego można tylko dopisywać. Dlatego nikt nie może później niepostrzeżenie zmienić zapisu i nikt nie musi wierzyć temu dokumentowi: ostatni rozdział mówi, jak go sprawdzić.
doc-dossier-without-erased = Nie ma tu osób, których dane usunięto: nic już nie mówi, na co wyraziły zgodę.
doc-dossier-index = Stan zgód poszczególnych osób
doc-dossier-none = Żaden zapis nie odpowiada wnioskowi.
doc-dossier-since = { $name }: { $state }, od { $date }
doc-dossier-nothing = bez zgody, odmowy ani wycofania
doc-dossier-nobody = Osoba usunięta
doc-dossier-of-person = jedna osoba, { $id }
doc-dossier-of-purpose = wszystkie osoby zapytane o „{ $name }” ({ $slug })
doc-dossier-gone = usunięto: z treści tych zapisów nic nie zostało
doc-dossier-person = { $n }. { $name }
doc-dossier-step = { $n } { $what }
doc-dossier-contact = Osoba
doc-dossier-file = Plik
doc-dossier-reasons = Powody
doc-dossier-shown = Na stronie, słowo w słowo:
doc-dossier-erased = Treść tego zapisu usunięto, a z nią tajną liczbę, która pozwoliłaby sprawdzić domysły. Wpis pozostaje w dzienniku: pokazuje, że zapis istniał, ale nie jego treść.
doc-dossier-waiting = Gdy powstawała ta dokumentacja, ten zapis czekał jeszcze na miejsce w dzienniku.
doc-dossier-check = Jak sprawdzić tę dokumentację
doc-dossier-check-lead = Żadna z naszych usług nie jest do tego potrzebna. Ten dokument jest w pliku ZIP razem z zapisami i ich dowodami.
doc-dossier-keys = Klucze
doc-dossier-key-log = Dziennik
doc-dossier-key-witness = Świadek
doc-dossier-threshold = Wymagana liczba świadków
doc-dossier-checkpoint = Podpisany stan
doc-dossier-checkpoint-of = liczba wpisów: { $size }, plik { $file }

# Sprawdzanie dokumentacji
doc-verify-title = Jak sprawdzić tę dokumentację
doc-verify-files = Co jest w pliku ZIP
doc-verify-file-pdf = dossier.pdf: te same informacje, do czytania
doc-verify-file-proofs = proofs/: po jednym pliku na każdy zapis, z jego tajną liczbą („salt”) i dowodem
doc-verify-file-keys = keys.txt: klucze publiczne dziennika i jego świadków
doc-verify-file-checkpoints = checkpoints/: stany dziennika w podpisanej przez niego postaci
doc-verify-command = Za pomocą programu
doc-verify-command-text = Na dowolnym komputerze, bez sieci i bez konta:
doc-verify-step-command = Programem ayeaye, bez sieci: ayeaye verify dossier.zip
doc-verify-step-record = Zobowiązanie. Dla każdego pliku w proofs/ wynik HMAC-SHA256 zapisu w kanonicznym JSON (RFC 8785), z bajtami soli („salt”) jako kluczem, to „c” z wpisu.
doc-verify-step-leaf = Miejsce. SHA-256 bajtu zerowego i wpisu to liść. Razem ze skrótami z dowodu prowadzi on do korzenia w podpisanym stanie (RFC 6962, punkt 2.1.1).
doc-verify-step-signature = Podpis. Trzy wiersze podpisanego stanu są podpisane kluczem dziennika (Ed25519; formaty c2sp.org/signed-note i c2sp.org/tlog-checkpoint).
doc-verify-step-key = Klucz. Należy go porównać z kluczem, który publikuje dziennik, albo z tym, który mają inni: { $url }
doc-verify-step-now = Dziennik dzisiaj. Każdy późniejszy stan dziennika musi zawierać ten. Jest dostępny dla każdego: { $url }
doc-verify-hand = Ręcznie
doc-verify-key = { $name }: { $key }
doc-verify-script = Ten program sprawdza zobowiązania i miejsca, bez podpisu. Potrzebuje tylko Pythona 3. Należy go zapisać jako check.py obok folderu proofs i uruchomić: python3 check.py

## Age and guardian
doc-kind-agreed = Pierwsza z dwóch zgód
doc-kind-guardian-asked = Zapytanie e-mailem do rodzica lub opiekuna prawnego
doc-kind-guardian-unreached = Nie dostarczono wiadomości do rodzica lub opiekuna prawnego
doc-how-guardian = przez odpowiedź rodzica lub opiekuna prawnego
## The browser that signed up
doc-how-same-browser = przez link w wiadomości z prośbą o potwierdzenie, otwarty w przeglądarce użytej do zapisu
doc-reason-same-browser = link otwarto w przeglądarce użytej do zapisu, a tylko ona ma ten plik cookie

## What a system of the organisation's did
doc-kind-restricted = Dane zamrożone na prośbę osoby
doc-kind-unrestricted = Koniec zamrożenia
doc-kind-suppressed = Adres oznaczony: nie wolno na niego pisać
doc-kind-unsuppressed = Oznaczenie usunięte
doc-kind-cancelled = Prośba wycofana przez organizację
