<?php

/** The event of a delivery, or null when it is not ours. $body is file_get_contents('php://input'). */
function receive(string $secret, string $id, string $timestamp, string $signatures, string $body): ?array
{
    if (!preg_match('/^\d{1,12}$/D', $timestamp) || abs(time() - (int) $timestamp) > 300) {
        return null; // Older or newer than five minutes: perhaps a recorded delivery, sent again by someone else.
    }
    $key = base64_decode(substr($secret, strlen('whsec_')), true);
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $signatures) as $signature) { // Two while a secret is being replaced.
        if (hash_equals($expected, $signature)) {
            return json_decode($body, true, flags: JSON_THROW_ON_ERROR);
        }
    }
    return null;
}

if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    // php verify_webhook.php SECRET ID TIMESTAMP SIGNATURE < body.json
    [, $secret, $id, $timestamp, $signatures] = $argv;
    $event = receive($secret, $id, $timestamp, $signatures, file_get_contents('php://stdin'));
    echo $event['type'] ?? 'not ours', "\n";
    exit($event === null ? 1 : 0);
}
