using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Adapters;
using Plura.Messaging.Contracts;
using Plura.Tests.Messaging;

namespace Plura.Tests.Adapters;

/// <summary>What the service tells us counts with its signature and not without; told twice or in any order it does no harm.</summary>
public sealed class TwilioWebhookTests(PluraApp first)
{
    private const string Home = "http://texts.example:5080";
    private const string Token = "secret";
    private const string Phone = "+12125550100";
    private const string Number = "+13475550000";

    [Fact]
    public async Task A_text_that_comes_in_is_taken_with_the_right_signature_only()
    {
        await using var lab = await Lab.Start(first);
        var form = Inbound("SM1", "Do you deliver?");
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post("/webhooks/twilio/inbound", form, signature: null));
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post("/webhooks/twilio/inbound", form, "not base64"));
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post("/webhooks/twilio/inbound", form, Sign("/webhooks/twilio/inbound", form, "another token")));
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post("/webhooks/twilio/inbound", form, Sign("/webhooks/twilio/other", form)));
        var forged = new Dictionary<string, string>(form) { ["Body"] = "STOP" };
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post("/webhooks/twilio/inbound", forged, Sign("/webhooks/twilio/inbound", form)));
        Assert.Equal(0L, await lab.Account.Ask<long>("select count(*) from messaging.received_text"));

        Assert.Equal(HttpStatusCode.OK, await lab.Post("/webhooks/twilio/inbound", form));
        Assert.Equal("message SM1", await lab.Account.Ask<string>("select meaning || ' ' || provider_id from messaging.received_text"));
        var picture = Inbound("SM2", "");
        (picture["NumMedia"], picture["MediaUrl0"], picture["MediaContentType0"]) = ("1", "https://carrier.example/1", "image/jpeg");
        Assert.Equal(HttpStatusCode.OK, await lab.Post("/webhooks/twilio/inbound", picture));
        var id = await lab.Account.Ask<Guid>("select id from messaging.received_text where provider_id = 'SM2'");
        Assert.Equal(new TextMedia("https://carrier.example/1", "image/jpeg"), Assert.Single((await lab.Account.In(s => s.GetRequiredService<IReceivedTexts>().Read([id], default)))[id].Media));
    }

    [Fact]
    public async Task A_replayed_stop_after_a_start_changes_nothing()
    {
        await using var lab = await Lab.Start(first);
        var stop = Inbound("SM1", "STOP");
        await lab.Post("/webhooks/twilio/inbound", stop);
        Assert.Equal("withdrawn text", await lab.Account.Permission(Phone));
        await lab.Post("/webhooks/twilio/inbound", Inbound("SM2", "START"));
        Assert.Equal(HttpStatusCode.OK, await lab.Post("/webhooks/twilio/inbound", stop));
        Assert.Equal("granted text", await lab.Account.Permission(Phone));
        Assert.Equal(2L, await lab.Account.Ask<long>("select count(*) from messaging.received_text"));
    }

    [Fact]
    public async Task Receipts_come_twice_and_in_any_order_and_the_first_final_one_counts()
    {
        await using var lab = await Lab.Start(first);
        var (origin, callback) = await lab.Sent();
        await lab.Status(callback, "delivered");
        await lab.Status(callback, "sent");
        await lab.Status(callback, "delivered");
        await lab.Status(callback, "queued");
        await lab.Status(callback, "undelivered", 30005);
        await lab.App.Work();
        Assert.Equal("accepted", await lab.Account.State(origin));
        Assert.Equal("accepted delivered", await lab.Account.Ask<string>("select string_agg(e.kind, ' ' order by e.kind) from messaging.send_event e join messaging.send s on s.id = e.send_id where s.origin_id = $1", origin));
        Assert.Equal(0L, await lab.Account.Ask<long>("select count(*) from privacy.suppression"));
    }

    [Theory]
    [InlineData(30005, "bounced hard_bounce", "attested api", 1L)]
    [InlineData(30006, "bounced hard_bounce", "attested api", 1L)]
    [InlineData(21610, "bounced stop_listed", "withdrawn provider", 0L)]
    [InlineData(30003, "bounced undelivered", "attested api", 0L)]
    [InlineData(30007, "bounced undelivered", "attested api", 0L)]
    [InlineData(0, "bounced undelivered", "attested api", 0L)]
    public async Task What_did_not_arrive_says_why_in_words(int code, string state, string permission, long blocked)
    {
        await using var lab = await Lab.Start(first);
        var (origin, callback) = await lab.Sent();
        await lab.Status(callback, "undelivered", code);
        await lab.Status(callback, "delivered");
        await lab.App.Work();
        Assert.Equal((state, permission, blocked), (await lab.Account.State(origin), await lab.Account.Permission(Phone), await lab.Account.Ask<long>("select count(*) from privacy.suppression")));
        Assert.EndsWith(".", await lab.Account.Ask<string>("select detail from messaging.send_event where kind = 'undelivered'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_settles_a_text_whose_answer_was_lost()
    {
        await using var lab = await Lab.Start(first);
        lab.Carrier.Answer = (500, "");
        var (origin, _) = await lab.Sent(handed: false);
        var send = await lab.Account.Ask<Guid>("select id from messaging.send where origin_id = $1", origin);
        await lab.Status($"/webhooks/twilio/status/{lab.Account.Id}/{send}", "delivered");
        Assert.Equal("accepted", await lab.Account.State(origin));
    }

    [Fact]
    public async Task A_receipt_that_overtakes_the_answer_waits_for_it()
    {
        await using var lab = await Lab.Start(first);
        var (origin, callback) = await lab.Sent();
        await lab.App.Do("update messaging.send set state = 'intended' where origin_id = $1", origin);
        await lab.Status(callback, "undelivered", 30005);
        await lab.App.Do("update messaging.send set state = 'accepted' where origin_id = $1", origin);
        lab.App.Clock.Advance(TimeSpan.FromSeconds(11));
        await lab.App.Work();
        Assert.Equal("bounced hard_bounce", await lab.Account.State(origin));
    }

    [Fact]
    public async Task A_receipt_without_signature_or_for_nothing_of_ours_counts_for_nothing()
    {
        await using var lab = await Lab.Start(first);
        var (origin, callback) = await lab.Sent();
        var form = new Dictionary<string, string> { ["MessageSid"] = "SM1", ["MessageStatus"] = "undelivered", ["ErrorCode"] = "30005" };
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post(callback, form, signature: null));
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post(callback, form, Sign(callback, form, "another")));
        Assert.Equal("accepted", await lab.Account.State(origin));
        var nobody = $"/webhooks/twilio/status/{lab.Account.Id}/{Guid.CreateVersion7(lab.App.Clock.GetUtcNow())}";
        Assert.Equal(HttpStatusCode.NotFound, await lab.Post(nobody, form));
    }

    [Fact]
    public void The_signature_is_the_one_of_the_services_own_example()
    {
        var form = new Dictionary<string, string> { ["CallSid"] = "CA1234567890ABCDE", ["Caller"] = "+14158675310", ["Digits"] = "1234", ["From"] = "+14158675310", ["To"] = "+18005551212" };
        Assert.Equal("GvWf1cFY/Q7PnoempGyD5oXAezc=", Convert.ToBase64String(TwilioSignature.Sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form)));
    }

    private static Dictionary<string, string> Inbound(string id, string text) => new() { ["MessageSid"] = id, ["From"] = Phone, ["To"] = Number, ["Body"] = text };

    private static string Sign(string path, Dictionary<string, string> form, string token = Token) => Convert.ToBase64String(TwilioSignature.Sign(token, Home + path, form));

    private sealed class Lab : IAsyncDisposable
    {
        public required PluraApp App { get; init; }

        public required CarrierServer Carrier { get; init; }

        public required TestAccount Account { get; init; }

        public static async Task<Lab> Start(PluraApp first)
        {
            var carrier = await CarrierServer.Start();
            var app = await first.Another(
                "--Plura:Roles=web", $"--Plura:PublicUrl={Home}", $"--Sms:Twilio:BaseUrl={carrier.Address}", "--Sms:Twilio:AccountSid=AC1", $"--Sms:Twilio:AuthToken={Token}",
                $"--Sms:Numbers:0:Number={Number}", "--Sms:Numbers:0:Brand=approved", "--Sms:Numbers:0:Campaign=verified");
            var account = await app.NewAccount();
            var lab = new Lab { App = app, Carrier = carrier, Account = account };
            await lab.Sent();
            return lab;
        }

        /// <summary>Sends a text to Ann; answers its origin and where the service tells what became of it.</summary>
        public async Task<(Guid Origin, string Callback)> Sent(bool handed = true)
        {
            var ann = await Account.Ask<Guid>("select contact_id from contacts.contact_point limit 1");
            if (ann == Guid.Empty)
                ann = await Account.Reader(Phone);
            var origin = await Account.Writes(ann);
            await App.Pump();
            Assert.Equal(handed ? "accepted" : "unknown connection_lost", await Account.State(origin));
            return (origin, handed ? new Uri(Carrier.Taken[^1].Extra).AbsolutePath : "");
        }

        public Task<HttpStatusCode> Post(string path, Dictionary<string, string> form) => Post(path, form, Sign(path, form));

        public async Task<HttpStatusCode> Post(string path, Dictionary<string, string> form, string? signature)
        {
            using var content = new FormUrlEncodedContent(form);
            if (signature is not null)
                content.Headers.TryAddWithoutValidation(TwilioSignature.Header, signature);
            using var answer = await App.NewBrowser().Send(HttpMethod.Post, path, content, follow: false);
            return answer.StatusCode;
        }

        public async Task Status(string callback, string status, int code = 0)
        {
            var form = new Dictionary<string, string> { ["MessageSid"] = "SM1", ["MessageStatus"] = status };
            if (code > 0)
                form["ErrorCode"] = code.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(HttpStatusCode.NoContent, await Post(callback, form));
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Carrier.DisposeAsync();
        }
    }
}
