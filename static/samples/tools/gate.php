<?php
// php gate.php PURPOSE < addresses.txt > allowed.tsv: address, link to leave, link to choose

/** Those of up to 10,000 addresses whom one may mail now, with their two links. No answer means: do not send. */
function allowed(string $purpose, array $addresses): array
{
    $question = ['purpose' => $purpose, 'include' => ['links']];
    $question['recipients'] = array_map(fn ($it) => ['email' => $it], $addresses);
    $headers = ['Authorization: Bearer ' . getenv('AYEAYE_KEY'), 'Content-Type: application/json'];
    $request = ['method' => 'POST', 'header' => $headers, 'content' => json_encode($question), 'timeout' => 60];
    $answer = file_get_contents(getenv('AYEAYE_URL') . '/v1/checks', false, stream_context_create(['http' => $request]));
    if ($answer === false) {
        throw new RuntimeException('no answer: do not send');
    }
    $results = json_decode($answer, true, flags: JSON_THROW_ON_ERROR)['results'];
    $allowed = [];
    foreach (array_combine($addresses, $results) as $address => $result) { // Answered in the order asked.
        if ($result['decision'] === 'allow') {
            $allowed[$address] = $result['links'];
        }
    }
    return $allowed;
}

if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    $addresses = preg_split('/\s+/', file_get_contents('php://stdin'), -1, PREG_SPLIT_NO_EMPTY);
    foreach (allowed($argv[1], $addresses) as $address => $links) {
        echo "$address\t$links[unsubscribe]\t$links[preferences]\n";
    }
}
