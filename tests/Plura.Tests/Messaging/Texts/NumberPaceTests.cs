using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>A number sends no faster than its carrier takes it, whoever writes from it, and a new one begins small.</summary>
public sealed class NumberPaceTests(PluraApp first)
{
    private const string Number = "+13475550000";

    [Fact]
    public async Task What_a_number_cannot_send_at_once_gets_a_moment_of_its_own_and_is_put_back_once()
    {
        await using var app = await first.Another("--Plura:Roles=web", $"--Sms:Numbers:0:Number={Number}", "--Sms:Numbers:0:Brand=REGISTERED", "--Sms:Numbers:0:Campaign=verified", "--Sms:Numbers:0:PerMinute=60");
        var account = await app.NewAccount();
        await Broadcast(app, account, 40, Categories.Transactional);
        await app.Pump();
        // One a second; what comes within ten seconds the carrier holds itself.
        Assert.Equal("11 29", await account.Ask<string>("select count(*) filter (where state = 'accepted') || ' ' || count(*) filter (where state = 'deferred' and reason = 'number_busy') from messaging.send"));
        Assert.Equal(29, await account.Ask<long>("select count(distinct due_at) from messaging.send where state = 'deferred'"));
        for (var seconds = 0; seconds < 40; seconds++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await app.Pump();
        }

        Assert.Equal(40, await account.Ask<long>("select count(*) from messaging.send where state = 'accepted'"));
        Assert.Equal(1, await account.Ask<long>("select max(attempt) from messaging.send"));
    }

    [Fact]
    public async Task What_somebody_waits_for_goes_before_a_broadcast_and_a_broadcast_takes_places_some_minutes_ahead()
    {
        var paces = Paces(first);
        var pace = new PaceOfNumber("+13475550011", 60, Warm: true);
        var broadcast = await paces.Reserve(pace, [.. Texts(5_000, marketing: true)], default);
        Assert.Equal((5_000 - 601, 590), (broadcast.Values.Count(w => w.Reason == NumberPaces.Queue), broadcast.Values.Count(w => w.Reason == NumberPaces.Busy)));
        Assert.Empty(await paces.Reserve(pace, [.. Texts(5, marketing: false)], default));
        var many = await paces.Reserve(pace, [.. Texts(20, marketing: false)], default);
        Assert.Equal(14, many.Count);
        Assert.All(many.Values, w => Assert.InRange(w.Due, first.Clock.GetUtcNow(), first.Clock.GetUtcNow().AddSeconds(30)));
    }

    [Fact]
    public async Task A_place_that_was_slept_through_is_lost()
    {
        await using var app = await first.Another("--Plura:Roles=web", $"--Sms:Numbers:0:Number={Number}", "--Sms:Numbers:0:Brand=approved", "--Sms:Numbers:0:Campaign=verified", "--Sms:Numbers:0:PerMinute=60");
        var account = await app.NewAccount();
        await Broadcast(app, account, 40, Categories.Transactional);
        await app.Pump();
        Assert.Equal(11, await account.Ask<long>("select count(*) from messaging.send where state = 'accepted'"));
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.Pump();
        Assert.Equal(22, await account.Ask<long>("select count(*) from messaging.send where state = 'accepted'"));
    }

    [Fact]
    public async Task What_the_gate_puts_off_until_the_morning_uses_nothing_of_a_new_numbers_day()
    {
        await using var app = await first.Another("--Plura:Roles=web", $"--Sms:Numbers:0:Number={Number}", "--Sms:Numbers:0:Brand=approved", "--Sms:Numbers:0:Campaign=verified");
        // Ten in the evening in New York.
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 3, 3, 0, 0, TimeSpan.Zero));
        var account = await app.NewAccount();
        await Broadcast(app, account, 5, Categories.Marketing);
        await app.Pump();
        Assert.Equal(5, await account.Ask<long>("select count(*) from messaging.send where state = 'deferred' and reason = 'quiet_hours'"));
        Assert.Equal(0, await app.Ask<long>("select count(*) from messaging.number_pace where sent > 0"));
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 3, 18, 0, 0, TimeSpan.Zero));
        await app.Pump();
        Assert.Equal((5L, 5), (await account.Ask<long>("select count(*) from messaging.send where state = 'accepted'"), await app.Ask<int>("select sent from messaging.number_pace")));
    }

    [Fact]
    public async Task A_new_number_sends_two_hundred_marketing_texts_on_its_first_day()
    {
        var paces = Paces(first);
        var pace = new PaceOfNumber("+13475550001", 60_000, Warm: false);
        var waits = await paces.Reserve(pace, [.. Texts(250, marketing: true)], default);
        Assert.Equal(50, waits.Count(w => w.Value.Reason == NumberPaces.WarmUp));
        Assert.Empty(await paces.Reserve(pace, [.. Texts(20, marketing: false)], default));
        Assert.Empty(await paces.Reserve(pace with { Number = "+13475550002", Warm = true }, [.. Texts(400, marketing: true)], default));
    }

    [Fact]
    public async Task Each_day_on_which_it_sends_makes_the_next_larger()
    {
        await using var app = await first.Another();
        var paces = Paces(app);
        var pace = new PaceOfNumber("+13475550003", 60_000, Warm: false);
        Assert.Single(await paces.Reserve(pace, [.. Texts(201, marketing: true)], default));
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Single(await paces.Reserve(pace, [.. Texts(501, marketing: true)], default));
        app.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Single(await paces.Reserve(pace, [.. Texts(1_001, marketing: true)], default));
    }

    private static NumberPaces Paces(PluraApp app) => new(app.Services.GetRequiredService<Npgsql.NpgsqlDataSource>(), app.Clock);

    private static IEnumerable<(Guid, bool)> Texts(int count, bool marketing) => Enumerable.Range(0, count).Select(n => (Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(n)), marketing));

    private static async Task Broadcast(PluraApp app, TestAccount account, int readers, string category)
    {
        for (var n = 0; n < readers; n++)
            await account.Reader($"+1212555{1000 + n}");
        await account.In(async services =>
        {
            var (ledger, recipients, now) = (services.GetRequiredService<ISendLedger>(), services.GetRequiredService<IRecipients>(), app.Clock.GetUtcNow());
            var content = (await ledger.WriteText(new TextContent { Text = "Fresh bread", Category = category }, default)).Value;
            var audience = (await recipients.Audience(new Audience { All = true }, Channels.Sms, default)).Value;
            return await ledger.Plan(new SendPlan("automation", Guid.CreateVersion7(now), content, null, now), audience, default);
        });
    }
}
