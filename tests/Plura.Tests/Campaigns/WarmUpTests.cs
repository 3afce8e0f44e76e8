using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Privacy;
using Plura.Privacy.Contracts;
using Plura.Tests.Contacts;
using Plura.Tests.Privacy;

namespace Plura.Tests.Campaigns;

/// <summary>New accounts begin with small numbers: what finds no room today goes later, and nobody gets it twice.</summary>
public sealed class WarmUpTests(PluraApp app)
{
    private const int FirstDay = 500;

    [Fact]
    public async Task What_finds_no_room_today_goes_tomorrow_and_everybody_gets_it_once()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(5);
        await Used(lab, FirstDay - 2);
        var campaign = await lab.Sent();
        var first = await lab.Account.Campaign(campaign);
        Assert.Equal((2, 3, "sending"), (first.Count("accepted"), first.Count("deferred"), first.State()));
        Assert.Equal(3, await lab.Account.Ask<long>("select count(*) from messaging.send where state = 'deferred' and reason = 'warm_up'"));
        Assert.Equal(3, await lab.Account.Ask<long>("select count(*) from privacy.decision where outcome = 'defer' and defer_until is not null"));
        Assert.Equal((FirstDay, 3), (await lab.Account.Ask<int>("select allowed from privacy.warm_up_day"), await lab.Account.Ask<int>("select put_off from privacy.warm_up_day")));

        lab.Host.Clock.Advance(TimeSpan.FromHours(23));
        await lab.Settle();
        Assert.Equal(2, lab.Letters.Count);
        lab.Host.Clock.Advance(TimeSpan.FromMinutes(61));
        await lab.Settle();
        var last = await lab.Account.Campaign(campaign);
        Assert.Equal((5, 0, "sent"), (last.Count("accepted"), last.Count("deferred"), last.State()));
        Assert.Equal(5, lab.Letters.Count);
        Assert.Equal(5, lab.Letters.Select(l => l.EnvelopeTo).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_reason_stands_in_plain_words_where_people_look()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(3);
        await Used(lab, FirstDay - 1);
        var draft = await lab.Account.Letter();
        var inside = await lab.Account.SignIn();
        Assert.Contains("2 people of them will get it later", (await inside.Get(lab.Account.Page($"campaigns/{draft}/review"))).Text, StringComparison.Ordinal);
        await lab.Account.Send(draft);
        await lab.Settle();
        var progress = await inside.Get(lab.Account.Page($"campaigns/{draft}"));
        Assert.Contains("2 messages wait for their day", progress.Text, StringComparison.Ordinal);
        Assert.Contains("New accounts send up to 500 marketing messages a day at first", progress.Text, StringComparison.Ordinal);
        Assert.Contains("the last of it on Tuesday 3 November 2026", progress.Text, StringComparison.Ordinal);
        var waits = await lab.Account.Ask<Guid>("select contact_id from messaging.send where state = 'deferred' limit 1");
        var why = await inside.Get(lab.Account.Page($"campaigns/{draft}/why/{waits}"));
        Assert.Contains("Put off: new accounts send up to 500 marketing messages a day at first, and today’s were used up; this one goes on 3 November 2026.", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_forecast_of_a_large_audience_counts_the_day_once()
    {
        await using var lab = await CampaignLab.Start(app);
        await new ImportDesk(lab.Account).Import("First Name,Email\n" + string.Concat(Enumerable.Range(0, 5200).Select(n => $"Person{n},person{n}@people.example\n")), attestation: ImportDesk.Word);
        Assert.NotNull(await lab.Host.Ask<DateTime?>("select last_analyze from pg_stat_user_tables where schemaname = 'contacts' and relname = 'contact_point'"));
        var draft = await lab.Account.Letter();
        var review = await (await lab.Account.SignIn()).Get(lab.Account.Page($"campaigns/{draft}/review"));
        Assert.Contains("4,700 people of them will get it later", review.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_the_operator_vouches_for_has_no_limit_and_what_waits_goes_at_once()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(3);
        await Used(lab, FirstDay);
        var campaign = await lab.Sent();
        Assert.Equal(3, (await lab.Account.Campaign(campaign)).Count("deferred"));
        await lab.Host.In(null, services => services.GetRequiredService<VouchForAccountHandler>().Handle(new VouchForAccount { AccountId = lab.Account.Id, Vouch = true }, default));
        await lab.Settle();
        await lab.Settle();
        Assert.Equal(3, (await lab.Account.Campaign(campaign)).Count("accepted"));
        Assert.Equal(3, lab.Letters.Count);
    }

    [Fact]
    public async Task A_message_that_its_receiver_put_off_has_had_its_place()
    {
        await using var lab = await CampaignLab.Start(app);
        lab.Provider.Answer = (_, attempt) => attempt == 1 ? Messaging.ScriptedTransport.Busy : Messaging.ScriptedTransport.Accepted;
        await lab.People(1);
        await Used(lab, FirstDay - 1);
        var campaign = await lab.Sent();
        Assert.Equal("receiver_busy", await lab.Account.Ask<string>("select reason from messaging.send where state = 'deferred'"));
        lab.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        await lab.Settle();
        Assert.Equal(1, (await lab.Account.Campaign(campaign)).Count("accepted"));
        Assert.Equal(FirstDay, await lab.Account.Ask<int>("select allowed from privacy.warm_up_day"));
    }

    [Fact]
    public async Task Mail_that_is_no_marketing_is_not_counted_and_an_installation_can_turn_the_limit_off()
    {
        await using var lab = await CampaignLab.Start(app, "--Sending:WarmUp=false");
        await lab.People(2);
        await Used(lab, FirstDay);
        Assert.Equal(2, (await lab.Account.Campaign(await lab.Sent())).Count("accepted"));
        Assert.Null(await lab.Account.In(services => services.GetRequiredService<IWarmUp>().Standing(default)));
        var rule = new WarmUpLimit();
        Assert.Equal([Categories.Marketing], ((string[])[Categories.Marketing, Categories.Transactional, Categories.Security, Categories.ConsentRequest]).Where(category =>
            rule.Concerns(new GateQuestion { SendId = Guid.Empty, AddressKey = Guid.Empty, Channel = Channels.Email, Category = category })));
    }

    [Theory]
    [InlineData(0, 0, 500)]
    [InlineData(1, 1, 1_000)]
    [InlineData(0, 7, 1_000)]
    [InlineData(3, 6, 5_000)]
    [InlineData(0, 59, 5_000)]
    [InlineData(6, 6, 50_000)]
    [InlineData(7, 6, null)]
    [InlineData(0, 60, null)]
    public void The_limit_grows_with_clean_days_and_with_age(int cleanDays, int age, int? limit) => Assert.Equal(limit, Ladder.Limit(cleanDays, TimeSpan.FromDays(age)));

    [Theory]
    [InlineData(100, 5, true)]
    [InlineData(100, 6, false)]
    [InlineData(0, 0, false)]
    public void A_day_on_which_too_much_came_back_is_no_step(int allowed, int bad, bool clean) => Assert.Equal(clean, Ladder.Clean(allowed, bad));

    [Fact]
    public void Whoever_finds_no_room_is_given_the_first_later_day_that_has_some()
    {
        var today = new WarmUp(new DateOnly(2026, 11, 2), 500, [1_000, 2_000]);
        Assert.Equal([1, 1, 2, 2, 3, 3], ((int[])[0, 999, 1_000, 2_999, 3_000, 90_000]).Select(today.DaysUntilRoom));
    }

    [Fact]
    public async Task Many_who_decide_at_once_let_no_more_through_than_the_day_has()
    {
        var account = await app.NewAccount();
        var people = Enumerable.Range(0, 200).Select(_ => Consents.NewAddress()).ToList();
        await account.Imports(Consents.NewAddress(), people);
        await app.Do("insert into privacy.warm_up_day (tenant_id, day, allowed, put_off) values ($1, ($2::timestamptz at time zone 'America/New_York')::date, 460, 0)", account.Id, app.Clock.GetUtcNow());
        var outcomes = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(people.Chunk(10), new ParallelOptions { MaxDegreeOfParallelism = 5 }, async (some, _) =>
        {
            foreach (var decision in await account.InTransaction((s, c) => s.GetRequiredService<IGate>().Decide(c, [.. some.Select(p => Consents.Question(p))], default)))
                outcomes.Add(decision.Outcome);
        });
        Assert.Equal((FirstDay - 460, 160), (outcomes.Count(o => o == GateDecision.Allow), outcomes.Count(o => o == GateDecision.Defer)));
        Assert.Equal(160, await account.Ask<int>("select put_off from privacy.warm_up_day"));
    }

    [Fact]
    public async Task A_day_that_was_not_clean_does_not_raise_the_limit_and_a_clean_one_does()
    {
        await using var lab = await CampaignLab.Start(app);
        Task<WarmUpStanding?> Standing() => lab.Account.In(services => services.GetRequiredService<IWarmUp>().Standing(default));
        Assert.Equal(FirstDay, (await Standing())?.Limit);
        await Used(lab, 100);
        await lab.Host.Do("insert into privacy.suppression (tenant_id, address_key, channel, reason, detail, at) select $1, gen_random_uuid(), 'email', 'hard_bounce', '', $2 from generate_series(1, 6)", lab.Account.Id, lab.Host.Clock.GetUtcNow());
        lab.Host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(FirstDay, (await Standing())?.Limit);
        await Used(lab, 100);
        lab.Host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1_000, (await Standing())?.Limit);
    }

    /// <summary>So many were allowed today already.</summary>
    private static Task Used(CampaignLab lab, int allowed) => lab.Host.Do(
        "insert into privacy.warm_up_day (tenant_id, day, allowed, put_off) values ($1, ($2::timestamptz at time zone 'America/New_York')::date, $3, 0)", lab.Account.Id, lab.Host.Clock.GetUtcNow(), allowed);
}
