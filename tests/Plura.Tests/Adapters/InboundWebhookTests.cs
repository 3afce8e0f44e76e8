using System.Globalization;
using System.Net;
using System.Text;
using Plura.Adapters;
using Plura.Conversations;
using Plura.Tests.Conversations;

namespace Plura.Tests.Adapters;

/// <summary>Mail that somebody posts: taken with the right signature and within five minutes, once, and refused otherwise.</summary>
public sealed class InboundWebhookTests(PluraApp first)
{
    private const string Secret = "a secret of twenty letters";
    private const string Path = "/webhooks/email/inbound";

    [Fact]
    public async Task A_mail_is_taken_once_however_often_it_is_posted()
    {
        await using var own = await Start();
        var account = await own.NewAccount();
        var mail = Letter(account, "Do you deliver?");
        for (var again = 0; again < 3; again++)
        {
            var (status, answer) = await Post(own, mail);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("\"state\":\"taken\"", answer, StringComparison.Ordinal);
        }

        Assert.Equal(1L, await account.Ask<long>("select count(*) from conversations.message"));
    }

    [Fact]
    public async Task Without_the_right_signature_nothing_comes_in()
    {
        await using var own = await Start();
        var account = await own.NewAccount();
        var mail = Letter(account, "Do you deliver?");
        var now = Now(own);
        var right = Sign(now, mail);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, mail, now, signature: null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, mail, timestamp: null, right)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, mail, now, "")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, mail, now, "sha256=zz")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, mail, now, right[..^2])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, mail, now, Convert.ToHexString(InboundSignature.Sign("another secret of mine", now, mail)))).Status);
        // The signature of another mail, and of another moment.
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, Letter(account, "Give me everything"), now, right)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, mail, (long.Parse(now, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture), right)).Status);
        Assert.Equal(0L, await account.Ask<long>("select count(*) from conversations.message"));
        Assert.Equal(HttpStatusCode.OK, (await Post(own, mail, now, "sha256=" + right)).Status);
    }

    [Fact]
    public async Task What_is_stale_or_from_the_future_is_refused()
    {
        await using var own = await Start();
        var account = await own.NewAccount();
        var mail = Letter(account, "Do you deliver?");
        var then = Now(own);
        own.Clock.Advance(InboundSignature.Window + TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, mail, then, Sign(then, mail))).Status);
        var later = own.Clock.GetUtcNow().Add(InboundSignature.Window).ToUnixTimeSeconds() + 5;
        foreach (var odd in (string[])[later.ToString(CultureInfo.InvariantCulture), "99999999999999999999", long.MaxValue.ToString(CultureInfo.InvariantCulture), "-1", "now"])
            Assert.Equal(HttpStatusCode.Forbidden, (await Post(own, mail, odd, Sign(odd, mail))).Status);
        Assert.Equal(0L, await account.Ask<long>("select count(*) from conversations.message"));
    }

    [Fact]
    public async Task What_is_not_understood_is_kept_and_what_is_too_large_or_nothing_is_refused()
    {
        await using var own = await Start();
        var (status, answer) = await Post(own, Encoding.ASCII.GetBytes("From: ann@people.example\r\nTo: nobody-here@inbox.test\r\n\r\nHello"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"state\":\"kept\",\"reason\":\"mail.no_account\"", answer, StringComparison.Ordinal);
        Assert.Equal("mail.no_account", await own.Ask<string>("select reason from conversations.kept_mail"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(own, [])).Status);
        try
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(own, new byte[ReceiveMail.Largest + 1])).Status);
        }
        catch (HttpRequestException)
        {
            // The server hung up before it had heard it all.
        }

        Assert.Equal(1L, await own.Ask<long>("select count(*) from conversations.kept_mail"));
    }

    [Fact]
    public async Task Whose_mail_it_is_the_mail_server_says_before_the_sender_does()
    {
        await using var own = await Start();
        var (bakery, gym) = (await own.NewAccount(), await own.NewAccount("Gym"));
        var blind = Encoding.ASCII.GetBytes($"Delivered-To: {bakery.Inbox()}\r\nFrom: ann@people.example\r\nTo: a-list@elsewhere.example\r\nMessage-ID: <blind@people.example>\r\n\r\nHello both");
        Assert.Equal(HttpStatusCode.OK, (await Post(own, blind)).Status);
        Assert.Equal(1L, await bakery.Ask<long>("select count(*) from conversations.message"));
        var both = Encoding.ASCII.GetBytes($"From: ann@people.example\r\nTo: {bakery.Inbox()}\r\nCc: {gym.Inbox()}\r\nMessage-ID: <both@people.example>\r\n\r\nHello both");
        Assert.Equal(HttpStatusCode.OK, (await Post(own, both)).Status);
        Assert.Equal((2L, 1L), (await bakery.Ask<long>("select count(*) from conversations.message"), await gym.Ask<long>("select count(*) from conversations.message")));
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_door() =>
        Assert.Equal(HttpStatusCode.NotFound, (await Post(first, Encoding.ASCII.GetBytes("From: a@b.example\r\n\r\nHello"))).Status);

    private Task<PluraApp> Start() => first.Another("--Plura:Roles=web", $"--Email:Inbound:Secret={Secret}");

    private static byte[] Letter(TestAccount account, string text) => Encoding.ASCII.GetBytes($"From: ann@people.example\r\nTo: {account.Inbox()}\r\nMessage-ID: <{text.Length}@people.example>\r\n\r\n{text}");

    private static string Now(PluraApp own) => own.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Sign(string timestamp, byte[] mail) => Convert.ToHexStringLower(InboundSignature.Sign(Secret, timestamp, mail));

    private static Task<(HttpStatusCode Status, string Answer)> Post(PluraApp own, byte[] mail) => Post(own, mail, Now(own), Sign(Now(own), mail));

    private static async Task<(HttpStatusCode Status, string Answer)> Post(PluraApp own, byte[] mail, string? timestamp, string? signature)
    {
        using var content = new ByteArrayContent(mail);
        content.Headers.TryAddWithoutValidation("Content-Type", "message/rfc822");
        if (timestamp is not null)
            content.Headers.TryAddWithoutValidation(InboundSignature.Timestamp, timestamp);
        if (signature is not null)
            content.Headers.TryAddWithoutValidation(InboundSignature.Header, signature);
        using var answer = await own.NewBrowser().Send(HttpMethod.Post, Path, content, follow: false);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
