using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Campaigns;
using Plura.Campaigns.Data;
using Plura.Contacts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Platform.Outbox;
using Plura.Platform.Postgres;
using Plura.Privacy.Contracts;
using Plura.Sites;
using Plura.Sites.Data;
using Audience = Plura.Contacts.Contracts.Audience;

namespace Plura.Web.Demo;

/// <summary>
/// Fills the demo account with the story of a dental practice: patients brought over from an old program, some who signed up by the
/// form, some who said no, and a campaign that went out, was opened, clicked, and bounced. Everything passes the doors that people use.
/// Each chapter is skipped where it stands already, so a second run, or one after a crash, only completes it.
/// </summary>
public sealed class SeedDemo(IServiceScopeFactory scopes, Dispatcher dispatcher, Pump pump, NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The advisory lock: the server makes the demo by itself in development, and the command may run beside it.</summary>
    private const long OneAtATime = 20561;
    private const string CampaignName = "Autumn check-up";
    private const int Imported = 1640;
    private const int ByForm = 240;
    private const int Unasked = 120;
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
    private const string Scanner = "Barracuda Sentinel (EE)";

    public async Task<object> Run(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var take = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { CommandTimeout = 0, Parameters = { new() { Value = OneAtATime } } };
        await take.ExecuteNonQueryAsync(ct);
        try
        {
            return await Tell(ct);
        }
        finally
        {
            // By itself the pool resets a connection only when somebody takes it again, which may be minutes later.
            await using var leave = new NpgsqlCommand("select pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = OneAtATime } } };
            await leave.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task<object> Tell(CancellationToken ct)
    {
        AccountCard account;
        await using (var scope = scopes.CreateAsyncScope())
            account = await scope.ServiceProvider.GetRequiredService<IDemoAccount>().Ensure("Harbour Street Dental", "US", "America/New_York", "12 Harbour Street, Portland, ME 04101, USA", ct);

        if (await Read(account, services => services.GetRequiredService<PluraDb>().Campaigns.AnyAsync(c => c.Name == CampaignName && c.State == CampaignStates.Sent, ct)))
            return await Answer(account, ct);

        var people = DemoPerson.Make(Imported + ByForm + Unasked, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        await DemoSurgery.Fields(work => Read(account, work), ct);
        await DemoSurgery.Companies(work => Read(account, work), ct);
        await BringOver(account, [.. people.Take(Imported)], ct);
        await SignUpByForm(account, [.. people.Skip(Imported).Take(ByForm)], ct);
        var desk = DemoTwins.AtTheDesk(people, Imported + ByForm);
        await Read(account, services => DemoTwins.Add(services, desk, ct));
        foreach (var person in desk.Skip(DemoTwins.Count))
            await Read(account, services => services.GetRequiredService<CreateContactHandler>().Handle(new CreateContact { FirstName = person.FirstName, LastName = person.LastName, Email = person.Email, Phone = person.Phone, Source = "Front desk", Minor = person.Phone.EndsWith('7'), Tags = [person.Tag] }, ct));
        await FindTwins(account, ct);
        await Read(account, services => DemoHearsay.Tell(services, desk.Skip(DemoTwins.Count), clock.GetUtcNow(), ct));
        await Read(account, services => DemoPast.Tell(services.GetRequiredService<PluraDb>(), clock.GetUtcNow(), ct));
        await Read(account, services => DemoDesk.Tell(services, account, [.. people.Take(3)], clock.GetUtcNow(), ct));
        await SayNo(account, [.. people.Where((_, at) => at % 37 == 5).Take(40)], ct);
        await Read(account, services => DemoOpportunities.Tell(services, people, ct));
        await Read(account, services => DemoConversations.Tell(services, people, ct));
        await Send(account, ct);
        await React(account, ct);
        await Draft(account, ct);
        return await Answer(account, ct);
    }

    private async Task BringOver(AccountCard account, IReadOnlyList<DemoPerson> people, CancellationToken ct)
    {
        await Read(account, async services =>
        {
            var columns = new Dictionary<string, string>(StringComparer.Ordinal) { ["First name"] = "firstName", ["Last name"] = "lastName", ["E-mail"] = "email", ["Mobile"] = "phone", ["Dentist"] = "field:dentist", ["Last visit"] = "field:last_visit", ["Tags"] = "tags", ["Patient no."] = "field:patient_number", ["Born"] = "dateOfBirth", ["Town"] = "city", ["Employer"] = "company", ["Treatments"] = "field:treatments", ["Open balance"] = "field:open_balance", ["Allergies"] = "field:allergies" };
            await using var file = DemoPerson.Csv(people);
            var result = await services.GetRequiredService<ImportContactsHandler>().Handle(
                new Plura.Contacts.ImportContacts
                {
                    File = file,
                    FileName = "patients.csv",
                    Columns = columns,
                    Tags = ["Patient"],
                    DryRun = false,
                    Attestation = { [Channels.Email] = new AttestedChannel { Source = "Patient registration form, at the front desk", Wording = DemoLetter.Wording, Date = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-90) } },
                },
                ct);
            Expect(result.Refusal);
        });
        await Work(async () => await Read(account, services => services.GetRequiredService<Plura.Contacts.Contracts.IContactDirectory>().Search(people[^1].Email, 1, ct)) is { Count: > 0 }, ct);
    }

    private async Task FindTwins(AccountCard account, CancellationToken ct)
    {
        await Read(account, async services => Expect((await services.GetRequiredService<FindDuplicatesHandler>().Handle(new FindDuplicates(), ct)).Refusal));
        await Work(() => Read(account, async services => !await services.GetRequiredService<ListDuplicatesHandler>().Searching(ct)), ct);
    }

    private async Task SignUpByForm(AccountCard account, IReadOnlyList<DemoPerson> people, CancellationToken ct)
    {
        var form = await Read(account, async services =>
        {
            if (await services.GetRequiredService<PluraDb>().Forms.Where(f => f.Name == "News sign-up").Select(f => f.Id).FirstOrDefaultAsync(ct) is var there && there != Guid.Empty)
                return there;
            var built = await services.GetRequiredService<BuildFormHandler>().Handle(
                new BuildForm
                {
                    Name = "News sign-up",
                    Title = "News from Harbour Street Dental",
                    Intro = "Reminders, opening hours, and advice that fits on a postcard.",
                    Fields = [new FormField("first_name", "First name", true), new FormField("last_name", "Last name", false), new FormField("email", "E-mail", true)],
                    Tags = ["Newsletter"],
                    EmailWording = DemoLetter.Wording,
                    DoubleOptIn = false,
                },
                ct);
            Expect(built.Refusal);
            return built.Value;
        });
        foreach (var (number, person) in people.Index())
        {
            await Read(account, async services => Expect((await services.GetRequiredService<SubmitFormHandler>().Handle(
                new SubmitForm
                {
                    FormId = form,
                    Visit = new Guid(number + 1, 1, 1, [0, 0, 0, 0, 0, 0, 0, 1]),
                    Answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["first_name"] = person.FirstName, ["last_name"] = person.LastName, ["email"] = person.Email },
                    // One in eight leaves the box empty: they are contacts, and get no marketing.
                    Ticked = number % 8 == 0 ? new HashSet<int>() : new HashSet<int> { 0 },
                    Worked = true,
                    IpAddress = "198.51.100." + (number % 250),
                    UserAgent = Phone,
                    Page = "https://harbour-street.example/news",
                },
                ct)).Refusal));
        }
    }

    private async Task SayNo(AccountCard account, IReadOnlyList<DemoPerson> people, CancellationToken ct)
    {
        foreach (var person in people)
        {
            await Read(account, async services =>
            {
                var key = services.GetRequiredService<IAddressKeys>().Of(Channels.Email, person.Email);
                var ledger = services.GetRequiredService<IConsentLedger>();
                if ((await ledger.Now([key], ct)).All(now => now.Act != ConsentActs.Withdrawn))
                    await ledger.Append(new ConsentEntry { AddressKey = key, Channel = Channels.Email, Act = ConsentActs.Withdrawn, How = ConsentDoors.PreferencePage, OccurredAt = clock.GetUtcNow().AddDays(-30) }, ct);
            });
        }
    }

    private async Task Send(AccountCard account, CancellationToken ct)
    {
        var campaign = await Read(account, async services =>
        {
            if (await services.GetRequiredService<PluraDb>().Campaigns.Where(c => c.Name == CampaignName).Select(c => c.Id).FirstOrDefaultAsync(ct) is var there && there != Guid.Empty)
                return there;
            var made = await services.GetRequiredService<CreateCampaignHandler>().Handle(new CreateCampaign { Name = CampaignName, Subject = DemoLetter.Subject, Preview = DemoLetter.Preview, Html = DemoLetter.Html, Audience = new Audience { All = true } }, ct);
            Expect(made.Refusal);
            return made.Value;
        });
        await Read(account, async services => Expect((await services.GetRequiredService<SendCampaignHandler>().Handle(new SendCampaign { Id = campaign }, ct)).Refusal));
        await Work(() => Read(account, services => services.GetRequiredService<PluraDb>().Campaigns.AnyAsync(c => c.Id == campaign && c.State == CampaignStates.Sent, ct)), ct);
    }

    private async Task React(AccountCard account, CancellationToken ct)
    {
        var sent = await Read(account, async services =>
        {
            var campaign = await services.GetRequiredService<PluraDb>().Campaigns.Where(c => c.Name == CampaignName).Select(c => c.Id).FirstAsync(ct);
            return (await services.GetRequiredService<ISendLedger>().List("campaign", campaign, new SendFilter("accepted", null), null, 1000, ct)).Items;
        });
        foreach (var (number, send) in sent.Index())
        {
            if (number % 2 == 0)
                await Visit(LinkKind.Open, account, send.SendId, number % 14 == 0 ? Scanner : Phone, ct);
            if (number % 6 == 0)
                await Visit(LinkKind.Click, account, send.SendId, number % 24 == 0 ? Scanner : Phone, ct);
            if (number % 95 == 0)
            {
                await using var scope = scopes.CreateAsyncScope();
                var token = scope.ServiceProvider.GetRequiredService<PublicLinks>().Token(LinkKind.Unsubscribe, account.Id, send.SendId);
                Expect((await scope.ServiceProvider.GetRequiredService<UnsubscribeHandler>().Handle(new Unsubscribe { Token = token, OneClick = number % 190 == 0, UserAgent = Phone }, ct)).Refusal);
            }
        }
    }

    private async Task Visit(LinkKind kind, AccountCard account, Guid send, string userAgent, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var token = scope.ServiceProvider.GetRequiredService<PublicLinks>().Token(kind, account.Id, send, kind == LinkKind.Click ? 1 : 0);
        await scope.ServiceProvider.GetRequiredService<TrackVisitHandler>().Handle(token, kind, "GET", userAgent, purpose: null, ct);
    }

    private Task Draft(AccountCard account, CancellationToken ct) => Read(account, async services =>
    {
        var create = services.GetRequiredService<CreateCampaignHandler>();
        Expect((await create.Handle(new CreateCampaign { Name = "Whitening week", Subject = "A brighter smile before the holidays", Preview = "Five days, one small price.", Html = "<p>Hello {{ contact.first_name | default: \"there\" }},</p><p>from Monday to Friday we whiten teeth at half the price.</p>", Audience = new Audience { Tags = ["Whitening"] } }, ct)).Refusal);
        var later = await create.Handle(new CreateCampaign { Name = "New year, new opening hours", Subject = "We are open longer from January", Preview = "Evenings, and the first Saturday of the month.", Html = "<p>Hello {{ contact.first_name | default: \"there\" }},</p><p>from January you find us here until eight on Thursdays, and on the first Saturday of each month.</p>", Audience = new Audience { All = true } }, ct);
        Expect(later.Refusal);
        var morning = clock.GetUtcNow().AddDays(21).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) + "T09:00";
        Expect((await services.GetRequiredService<SendCampaignHandler>().Handle(new SendCampaign { Id = later.Value, At = morning }, ct)).Refusal);
    });

    private async Task<object> Answer(AccountCard account, CancellationToken ct) => await Read<object>(account, async services =>
    {
        var campaign = await services.GetRequiredService<PluraDb>().Campaigns.Where(c => c.Name == CampaignName).Select(c => c.Id).FirstAsync(ct);
        var counts = await services.GetRequiredService<ISendLedger>().Counts("campaign", campaign, ct);
        return new { account = account.Slug, locationId = account.Id, campaign, counts };
    });

    /// <summary>Does the worker's work, beside a running host or alone, until it is so.</summary>
    private async Task Work(Func<Task<bool>> done, CancellationToken ct)
    {
        for (var turn = 0; !await done(); turn++)
        {
            if (turn > 1200)
                throw new PlainException("The demo is not finished after five minutes. bin/plura jobs says what waits.");
            if (await dispatcher.RunDue(ct) + await pump.RunDue(ct) == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(250), clock, ct);
        }
    }

    private Task Read(AccountCard account, Func<IServiceProvider, Task> work) => Read(account, async services =>
    {
        await work(services);
        return true;
    });

    private async Task<T> Read<T>(AccountCard account, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account.Id);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("demo");
        return await work(scope.ServiceProvider);
    }

    internal static void Expect(Refusal? refusal)
    {
        if (refusal is not null)
            throw new PlainException($"The demo could not be made: {refusal.Text} ({refusal.Code})");
    }
}
