"""Outside notification services on this machine, for tests of what we send them.

Each is written from the service's published contract and from nothing else, never from our
adapters: a mistake that both shared would not be found. Each refuses as the real service does
(status and body), and `test_sim_<service>.py` beside this package plants the errors it must catch.

======================  ==========================================  ==========================
Simulator               What an account needs                       Path below its `url`
======================  ==========================================  ==========================
`twilio.Twilio`         `account_sid`, `auth_token`, `numbers[0]`   `path`
`vonage.Vonage`         `api_key`, `api_secret`, or                 `/v1/messages`,
                        `application_id`, `private_key`             `/sms/json`
`slack.Slack`           `hook_path` as secret; or `token`           `hook_path`,
                                                                    `/api/chat.postMessage`
`teams.Teams`           `hook_path` as secret                       `hook_path`, `old_hook_path`
`discord.Discord`       `hook_path` as secret                       `hook_path`
`telegram.Telegram`     `token`, a chat of `chats`                  `path`
`web_push.PushService`  a browser of `subscribe`                    its `path`
`webhook.Webhook-       `secrets[0]`                                `hook_path`
Receiver`
======================  ==========================================  ==========================

Use one in a `with`, several in a `flock.Flock`, or as the fixtures `twilio`, `vonage`, `slack`,
`teams`, `discord`, `telegram`, `push_service` and `webhook_receiver` of `fixtures`. At the end, a
breach of the contract that the test has not looked at (`take_faults`) fails it. ::

    with Slack() as slack:
        account.base_url = slack.url  # and its secret: slack.hook_path
        slack.rate_limited(5, times=2)
        …
        slack.wait_for(1)
        assert slack.texts() == ["Count closed"]

What came is in `requests` (all, with their answers), `sent` (what was taken on), `faults` (against
the contract) and `remarks` (let pass by the service, but not careful: `check(remarks=True)`).

The days, for ever or for `times` requests: `normal`, `down` (503), `refuse_connections`,
`hang(seconds)`, `slow(seconds)`, `trickle(pause_s)`, `rate_limited(retry_after)`, `unauthorised`,
`reject(code)` with one of the service's own `codes`, `cut_line(taken=…)`; a `WebhookReceiver` also
has `redirect` and `flood`. `slow`, `trickle` and `cut_line(taken=True)` take the message on: its
sender cannot know.
"""
