using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>A marketing letter that really went out to a contact of a test's own account, and the links its reader finds in it.</summary>
internal sealed partial class SentLetter
{
    private readonly PluraApp app;

    private SentLetter(PluraApp app, TestAccount account) => (this.app, Account) = (app, account);

    public TestAccount Account { get; }

    public Browser Reader { get; private set; } = null!;

    public Guid SendId { get; private set; }

    public Guid ContactId { get; private set; }

    public string Email { get; private set; } = "";

    public Guid AddressKey { get; private set; }

    public MimeMessage Mail { get; private set; } = null!;

    public string Unsubscribe => Link("u");

    public string Preferences => Link("p");

    public string Open => Link("o");

    public IReadOnlyList<string> Links => [.. Local().Matches(Mail.HtmlBody!).Select(m => m.Value).Where(l => l.StartsWith("/l/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    public static async Task<SentLetter> Send(PluraApp app, string html = "<p>Hi</p><p><a href=\"https://shop.example/a\">A</a> <a href=\"https://shop.example/b\">B</a> <a href=\"https://shop.example/c\">C</a></p>", Func<TestAccount, Task>? before = null)
    {
        var letter = new SentLetter(app, await app.NewAccount()) { Email = $"ann{Random.Shared.NextInt64()}@example.com", Reader = app.NewBrowser() };
        if (before is not null)
            await before(letter.Account);
        await letter.Account.In(services => letter.Plan(services, html));
        await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        var source = await app.Ask<byte[]>("select source from dev.message where send_id = $1", letter.SendId)
            ?? throw new InvalidOperationException("The letter did not go out: " + await app.Ask<string>("select state || ' ' || coalesce(reason, '') from messaging.send where id = $1", letter.SendId));
        using var stream = new MemoryStream(source);
        letter.Mail = await MimeMessage.LoadAsync(stream, CancellationToken.None);
        return letter;
    }

    public Task<string?> State() => Account.In(async services =>
        (await services.GetRequiredService<IConsentLedger>().Now([AddressKey], CancellationToken.None)).Where(n => n.Topic == Topics.All).Select(n => n.Act + " " + n.How).FirstOrDefault());

    /// <summary>How many rows each thing has that a link could change.</summary>
    public async Task<string> Rows() =>
        $"{await app.Ask<long>("select count(*) from privacy.consent_event where tenant_id = $1", Account.Id)} "
        + $"{await app.Ask<long>("select count(*) from privacy.suppression where tenant_id = $1", Account.Id)} "
        + $"{await app.Ask<long>("select count(*) from messaging.send where tenant_id = $1 and unsubscribed_at is not null", Account.Id)} "
        + $"{await app.Ask<long>("select count(*) from messaging.send_event where tenant_id = $1 and kind not in ('opened', 'clicked', 'decoy')", Account.Id)}";

    public Task<string?> Events(string kind) =>
        app.Ask<string>("select string_agg(coalesce(robot, 'person'), '; ' order by at, id) from messaging.send_event where tenant_id = $1 and send_id = $2 and kind = $3", Account.Id, SendId, kind);

    /// <summary>A browser that a person may use.</summary>
    public const string Human = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";

    /// <summary>The shared clock stands still; the hand-over is moved back an hour instead.</summary>
    public Task Later() => app.Do("update messaging.send set intended_at = intended_at - interval '1 hour' where id = $1", SendId);

    /// <summary>Follows a link without a cookie and no further than its first answer.</summary>
    public static async Task<HttpResponseMessage> Visit(PluraApp app, string path, string agent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, path));
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var wire = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        return await wire.SendAsync(request, CancellationToken.None);
    }

    private string Link(string kind) => Local().Matches(Mail.HtmlBody!).Select(m => m.Value).First(l => l.StartsWith($"/{kind}/", StringComparison.Ordinal));

    private async Task<bool> Plan(IServiceProvider services, string html)
    {
        var directory = services.GetRequiredService<IContactDirectory>();
        ContactId = (await directory.FindOrCreate(new ContactDraft { FirstName = "Ann", Email = Email, Source = "test" }, CancellationToken.None)).Value;
        var point = (await directory.Addresses(ContactId, CancellationToken.None)).First(a => a.Channel == Channels.Email);
        AddressKey = point.AddressKey;
        await services.GetRequiredService<IConsentLedger>().Append(
            new ConsentEntry { AddressKey = AddressKey, SubjectId = ContactId, Channel = Channels.Email, Act = ConsentActs.Granted, How = ConsentDoors.Form, Source = "Newsletter" }, CancellationToken.None);
        var ledger = services.GetRequiredService<ISendLedger>();
        var content = await ledger.Write(new LetterContent { Subject = "Offer", Html = html, FromName = "Corner Bakery", FromEmail = "hello@bakery.example" }, CancellationToken.None);
        var clock = services.GetRequiredService<TimeProvider>();
        SendId = await ledger.PlanOne(new SendPlan("campaign", Guid.CreateVersion7(clock.GetUtcNow()), content.Value, null, clock.GetUtcNow()), ContactId, point.ContactPointId, CancellationToken.None);
        return true;
    }

    [GeneratedRegex("/[upol]/[A-Za-z0-9_-]{68}", RegexOptions.None, 1000)]
    private static partial Regex Local();
}
