using System.Globalization;
using System.Net;
using System.Text.Json;
using Plura.Adapters;
using Plura.Tests.Messaging;

namespace Plura.Tests.Adapters;

/// <summary>What a gateway of any kind tells us counts with its signature and not without; told twice or in any order it does no harm.</summary>
public sealed class GatewayWebhookTests(PluraApp first)
{
    private const string Secret = "a secret of the gateway";
    private const string Phone = "+4915112345678";
    private const string Number = "+493012345678";
    private const string In = "/webhooks/gateway/inbound";

    [Fact]
    public async Task A_text_that_comes_in_is_taken_once_with_the_right_signature_only()
    {
        await using var lab = await Lab.Start(first);
        await lab.Sent();
        var text = new { id = "G1", from = Phone, to = Number, text = "Do you deliver?" };
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post(In, text, secret: null));
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post(In, text, secret: "another secret of somebody"));
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post(In, text, age: TimeSpan.FromMinutes(6)));
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post(In, text, signed: new { id = "G1", from = Phone, to = Number, text = "STOP" }));
        Assert.Equal(0L, await lab.Account.Ask<long>("select count(*) from messaging.received_text"));
        Assert.Equal(HttpStatusCode.NoContent, await lab.Post(In, text));
        Assert.Equal(HttpStatusCode.NoContent, await lab.Post(In, text));
        Assert.Equal("message G1", await lab.Account.Ask<string>("select meaning || ' ' || provider_id from messaging.received_text"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await lab.Post(In, new { id = "", from = "", to = "" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await lab.Post(In, "not an object"));
    }

    [Fact]
    public async Task A_stop_ends_texts_and_is_confirmed()
    {
        await using var lab = await Lab.Start(first);
        await lab.Sent();
        Assert.Equal(HttpStatusCode.NoContent, await lab.Post(In, new { id = "G2", from = Phone, to = Number, text = "Stop" }));
        await lab.App.Pump();
        Assert.Equal("withdrawn text", await lab.Account.Permission(Phone));
        Assert.Contains("You will get no more texts from us", lab.Carrier.Taken[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delivered", "accepted")]
    [InlineData("undelivered", "bounced undelivered")]
    [InlineData("dead", "bounced hard_bounce")]
    [InlineData("stopped", "bounced stop_listed")]
    public async Task A_receipt_says_what_became_of_a_text_and_the_first_final_one_counts(string status, string state)
    {
        await using var lab = await Lab.Start(first);
        var (origin, callback) = await lab.Sent();
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post(callback, new { status }, secret: null));
        Assert.Equal(HttpStatusCode.NoContent, await lab.Post(callback, new { status = "sent" }));
        Assert.Equal(HttpStatusCode.NoContent, await lab.Post(callback, new { status, code = 7, text = "Said the gateway about +49 151 12345678 \0." }));
        Assert.Equal(HttpStatusCode.NoContent, await lab.Post(callback, new { status = "delivered" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await lab.Post(callback, new { status = "perhaps" }));
        await lab.App.Work();
        Assert.Equal(state, await lab.Account.State(origin));
        Assert.Equal(0L, await lab.Account.Ask<long>("select count(*) from messaging.send_event where detail like '%12345678%'"));
    }

    [Fact]
    public async Task A_receipt_counts_for_its_own_message_only()
    {
        await using var lab = await Lab.Start(first);
        var (_, callback) = await lab.Sent();
        Assert.Equal(HttpStatusCode.Forbidden, await lab.Post(callback, new { status = "dead" }, signedPath: callback[..^1] + (callback[^1] == '0' ? '1' : '0')));
        Assert.Equal(HttpStatusCode.NoContent, await lab.Post(callback, new { status = "delivered" }));
    }

    private sealed class Lab : IAsyncDisposable
    {
        public required PluraApp App { get; init; }

        public required CarrierServer Carrier { get; init; }

        public required TestAccount Account { get; init; }

        public static async Task<Lab> Start(PluraApp first)
        {
            var carrier = await CarrierServer.Start();
            var app = await first.Another(
                "--Plura:Roles=web", "--Plura:PublicUrl=http://texts.example:5080", $"--Sms:Gateway:Url={carrier.Address}gateway/send", $"--Sms:Gateway:Secret={Secret}",
                """--Sms:Gateway:Body={"to":"{to}","from":"{from}","text":"{text}","receipt":"{receipt}"}""", $"--Sms:Numbers:0:Number={Number}");
            return new Lab { App = app, Carrier = carrier, Account = await app.NewAccount() };
        }

        public async Task<(Guid Origin, string Callback)> Sent()
        {
            var origin = await Account.Writes(await Account.Reader(Phone));
            await App.Pump();
            Assert.Equal("accepted", await Account.State(origin));
            var send = await Account.Ask<Guid>("select id from messaging.send where origin_id = $1", origin);
            return (origin, $"/webhooks/gateway/status/{Account.Id}/{send}");
        }

        public async Task<HttpStatusCode> Post(string path, object body, string? secret = Secret, TimeSpan age = default, object? signed = null, string? signedPath = null)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
            using var content = new ByteArrayContent(bytes);
            var timestamp = (App.Clock.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            content.Headers.TryAddWithoutValidation(PostSignature.Timestamp, timestamp);
            if (secret is not null)
                content.Headers.TryAddWithoutValidation(PostSignature.Header, Convert.ToHexString(PostSignature.Sign(secret, timestamp, signed is null ? bytes : JsonSerializer.SerializeToUtf8Bytes(signed), $"{signedPath ?? path}.")));
            using var answer = await App.NewBrowser().Send(HttpMethod.Post, path, content, follow: false);
            return answer.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Carrier.DisposeAsync();
        }
    }
}
