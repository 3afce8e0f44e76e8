using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;

namespace Plura.Tests.Messaging;

/// <summary>Domains from which an account writes: found in a real name system, and verified by another implementation of signatures.</summary>
public sealed class SendingDomainTests(PluraApp app)
{
    [Fact]
    public async Task Once_its_record_is_found_letters_from_a_domain_and_from_below_it_are_signed_with_it()
    {
        await using var lab = await DomainLab.Start(app);
        var domain = await lab.Add("sunrise.example");
        Assert.Equal((SendingDomains.Waiting, null), (domain.State, domain.InUse));
        Assert.Equal("house.example", await lab.SignedBy("hello@sunrise.example"));
        Assert.False((await lab.Check(domain.Id)).Value.Proven);

        lab.Publish(domain.ToAdd!);
        Assert.Equal(new DomainLooked(Proven: true, News: true, Renewed: false, Waits: false), (await lab.Check(domain.Id)).Value);
        domain = await lab.One(domain.Id);
        Assert.Equal((SendingDomains.Proven, null), (domain.State, domain.ToAdd));
        Assert.Equal("sunrise.example", await lab.SignedBy("hello@sunrise.example"));
        Assert.Equal("sunrise.example", await lab.SignedBy("hello@news.sunrise.example"));
        Assert.Equal("house.example", await lab.SignedBy("hello@notsunrise.example"));
        Assert.Contains(domain.Findings, f => f.Code == "auth.aligned");
        Assert.Equal(2, await lab.Host.Ask<long>("select count(*) from privacy.audit_entry where act = 'messaging.check_sending_domain'"));
    }

    [Fact]
    public async Task Typing_in_a_domain_that_somebody_else_has_proven_proves_nothing()
    {
        await using var lab = await DomainLab.Start(app);
        await lab.Prove("sunrise.example");
        await using var thief = await lab.Another();
        var theirs = await thief.Add("sunrise.example");
        Assert.False((await thief.Check(theirs.Id)).Value.Proven);
        Assert.Equal("house.example", await thief.SignedBy("hello@sunrise.example"));
        // Whoever has the domain can write by two accounts: each has a record of its own.
        thief.Publish(theirs.ToAdd!);
        Assert.True((await thief.Check(theirs.Id)).Value.Proven);
        Assert.Equal("sunrise.example", await thief.SignedBy("hello@sunrise.example"));
        Assert.Equal("sunrise.example", await lab.SignedBy("hello@sunrise.example"));
    }

    [Fact]
    public async Task The_old_key_signs_until_the_new_one_is_found_and_then_nobody_can_sign_with_it()
    {
        await using var lab = await DomainLab.Start(app);
        var id = await lab.Prove("sunrise.example");
        var old = (await lab.One(id)).InUse!;
        Assert.True((await lab.Renew(id)).Ok);
        Assert.True((await lab.Renew(id)).Ok);
        var domain = await lab.One(id);
        Assert.Equal(old, domain.InUse);
        Assert.NotEqual(old.Name, domain.ToAdd!.Name);
        Assert.True((await lab.Check(id)).Value is { Proven: true, News: false, Renewed: false, Waits: true });
        await lab.SignedBy("hello@sunrise.example", old.Name);

        lab.Publish(domain.ToAdd);
        Assert.True((await lab.Check(id)).Value is { Proven: true, News: false, Renewed: true });
        Assert.Equal("sunrise.example", await lab.SignedBy("hello@sunrise.example", domain.ToAdd.Name));
        var after = await lab.One(id);
        Assert.Equal((domain.ToAdd, null), (after.InUse, after.ToAdd));
        Assert.Equal(old.Name, Assert.Single(after.ToRemove).Name);
        Assert.Equal(1, await lab.Host.Ask<long>("select count(*) from messaging.domain_key where length(sealed) = 0 and retired_at is not null"));
    }

    [Fact]
    public async Task A_record_that_goes_away_ends_it_and_is_told_and_a_name_system_that_is_silent_ends_nothing()
    {
        await using var lab = await DomainLab.Start(app);
        var id = await lab.Prove("sunrise.example");
        lab.Names.Broken = true;
        Assert.Equal("sending_domain.unreachable", (await lab.Check(id)).Refusal!.Code);
        await lab.Later(TimeSpan.FromHours(1));
        Assert.Equal(SendingDomains.Proven, (await lab.One(id)).State);

        lab.Names.Broken = false;
        Assert.True(lab.Names.Texts.TryRemove((await lab.One(id)).InUse!.Name, out _));
        await lab.Later(TimeSpan.FromHours(1));
        Assert.Equal(SendingDomains.Lost, (await lab.One(id)).State);
        Assert.Equal("house.example", await lab.SignedBy("hello@sunrise.example"));
        Assert.Contains("is gone", await lab.LastNotice(), StringComparison.Ordinal);

        lab.Publish((await lab.One(id)).InUse!);
        await lab.Later(TimeSpan.FromHours(1));
        Assert.Equal("sunrise.example", await lab.SignedBy("hello@sunrise.example"));
        Assert.Contains("is there", await lab.LastNotice(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_nearly_a_year_old_gets_a_successor_by_itself_once()
    {
        await using var lab = await DomainLab.Start(app);
        var id = await lab.Prove("sunrise.example");
        await lab.Host.Do("update messaging.domain_key set used_at = used_at - interval '331 days'");
        await lab.Later(TimeSpan.FromHours(1));
        Assert.Contains("nearly a year old", await lab.LastNotice(), StringComparison.Ordinal);
        var next = (await lab.One(id)).ToAdd!;
        await lab.Later(TimeSpan.FromHours(1));
        Assert.Equal(next, (await lab.One(id)).ToAdd);
        Assert.Equal(1, await lab.Host.Ask<long>("select count(*) from platform.outbox_message where type like '%LookAtSendingDomain' and dead_at is null"));
    }

    [Fact]
    public async Task What_was_taken_away_signs_nothing_comes_back_whole_and_is_forgotten_after_a_month()
    {
        await using var lab = await DomainLab.Start(app);
        var id = await lab.Prove("sunrise.example");
        Assert.True((await lab.Account.In(s => s.GetRequiredService<DeleteSendingDomainHandler>().Handle(new DeleteSendingDomain(id), default))).Ok);
        Assert.Equal("house.example", await lab.SignedBy("hello@sunrise.example"));
        Assert.True((await lab.Account.In(s => s.GetRequiredService<RestoreSendingDomainHandler>().Handle(new RestoreSendingDomain(id), default))).Ok);
        // Its record may have gone meanwhile: it is looked at first.
        Assert.Equal("house.example", await lab.SignedBy("hello@sunrise.example"));
        await lab.Later(TimeSpan.Zero);
        Assert.Equal("sunrise.example", await lab.SignedBy("hello@sunrise.example"));
        await lab.Account.In(s => s.GetRequiredService<DeleteSendingDomainHandler>().Handle(new DeleteSendingDomain(id), default));
        await lab.Later(TimeSpan.FromDays(31));
        Assert.Equal(0, await lab.Host.Ask<long>("select count(*) from messaging.domain_key"));
    }

    [Theory]
    [InlineData("Sunrise.example", "sunrise.example")]
    [InlineData("info@sunrise.example", "sunrise.example")]
    [InlineData("https://www.sunrise.example/contact?x=1", "sunrise.example")]
    [InlineData(" sunrise.example. ", "sunrise.example")]
    [InlineData("bäckerei.example", "xn--bckerei-5wa.example")]
    [InlineData("sunrise", null)]
    [InlineData("sun rise.example", null)]
    [InlineData("sunrise.example;drop", null)]
    [InlineData("192.0.2.7", null)]
    [InlineData("", null)]
    public void What_people_paste_is_read_as_a_domain(string typed, string? name) => Assert.Equal(name, AddSendingDomainHandler.Read(typed));

    [Fact]
    public async Task A_domain_of_other_letters_than_ascii_signs_what_is_written_from_it_either_way()
    {
        await using var lab = await DomainLab.Start(app);
        await lab.Prove("bäckerei.example");
        Assert.Equal("xn--bckerei-5wa.example", await lab.SignedBy("hello@bäckerei.example"));
        Assert.Equal("xn--bckerei-5wa.example", await lab.SignedBy("hello@xn--bckerei-5wa.example"));
    }

    [Fact]
    public async Task A_record_that_nobody_can_read_stops_neither_a_look_nor_the_next_one()
    {
        await using var lab = await DomainLab.Start(app, "--Email:ReturnPath=back.sunrise.example");
        var id = await lab.Prove("sunrise.example");
        foreach (var odd in (string[])["v=spf1 include -all", "v=spf1 redirect", $"v=spf1 include:{new string('x', 70)}.example -all", "v=spf1 include:a..b.example -all", "v=spf1 include:nothing.example -all"])
        {
            lab.Names.Texts["back.sunrise.example"] = odd;
            await lab.Later(TimeSpan.FromHours(1));
            Assert.Contains((await lab.One(id)).Findings, f => f.Code == "spf.broken");
        }

        Assert.Equal(1, await lab.Host.Ask<long>("select count(*) from platform.outbox_message where type like '%LookAtSendingDomain' and dead_at is null"));
    }

    [Fact]
    public async Task A_provider_s_domain_and_one_that_stands_there_already_are_refused_with_what_to_do()
    {
        await using var lab = await DomainLab.Start(app);
        Assert.Equal("sending_domain.everybodys", (await lab.TryAdd("me@gmail.com")).Refusal!.Code);
        await lab.Add("sunrise.example");
        Assert.Equal("sending_domain.exists", (await lab.TryAdd("SUNRISE.example")).Refusal!.Code);
    }

    [Theory]
    [InlineData(null, "spf.none", "v=spf1 include:spf.house.example ~all")]
    [InlineData("v=spf1 include:other.example -all", "spf.missing", "v=spf1 include:other.example include:spf.house.example -all")]
    [InlineData("v=spf1 mx", "spf.missing", "v=spf1 mx include:spf.house.example")]
    [InlineData("v=spf1 mx include:spf.house.example ~all", "spf.fine", null)]
    public async Task The_record_of_servers_is_shown_as_it_should_be_with_ours_in_it(string? stands, string code, string? shall)
    {
        await using var lab = await DomainLab.Start(app, "--Email:Spf=include:spf.house.example", "--Email:ReturnPath=back.sunrise.example");
        if (stands is not null)
            lab.Names.Texts["back.sunrise.example"] = stands;
        lab.Names.Texts["spf.house.example"] = "v=spf1 ip4:192.0.2.1 -all";
        lab.Names.Texts["other.example"] = "v=spf1 ip4:192.0.2.2 -all";
        var id = await lab.Prove("sunrise.example");
        Assert.Equal(shall, Assert.Single((await lab.One(id)).Findings, f => f.Code == code).Record?.Text);
    }

    [Fact]
    public async Task Somebody_sets_a_domain_up_on_the_pages()
    {
        await using var lab = await DomainLab.Start(app);
        var browser = await lab.Account.SignIn();
        var first = await browser.Get(lab.Account.Page("settings/sending-domains"));
        var page = await first.Submit("[name='Command.Name']", new { Name = "me@gmail.com" });
        Assert.Contains("Write from a domain of your own", page.Text, StringComparison.Ordinal);
        page = await page.Submit("[name='Command.Name']", new { Name = "sunrise.example" });
        var lines = page.Document.QuerySelectorAll("#signature .copy-line code").Select(c => c.TextContent).ToList();
        Assert.Equal(2, lines.Count);
        page = await page.Submit("[name=_handler][value=check-domain]", new { });
        Assert.Contains("not there yet", page.Text, StringComparison.Ordinal);
        lab.Names.Texts[$"{lines[0]}.sunrise.example"] = lines[1];
        page = await page.Submit("[name=_handler][value=check-domain]", new { });
        Assert.Contains("In use", page.Find("#signature").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("#servers [data-finding='auth.aligned']"));
        var here = lab.Account.Page($"settings/sending-domains/{await lab.Host.Ask<Guid>("select id from messaging.sending_domain")}");
        var (twin, earlier) = (await browser.Get(here), await browser.Get(here));
        page = await page.Submit("[name=_handler][value=renew-key]", new { });
        Assert.Contains("Add this second record", page.Text, StringComparison.Ordinal);
        Assert.Contains("ready already", (await twin.Submit("[name=_handler][value=renew-key]", new { })).Text, StringComparison.Ordinal);
        page = await page.Submit("[name=_handler][value=check-domain]", new { });
        Assert.Contains("The new one is not there yet", page.Text, StringComparison.Ordinal);
        page = await page.Submit("[name=_handler][value=delete-domain]", new { });
        Assert.Contains("No domain of your own yet", page.Text, StringComparison.Ordinal);
        Assert.Contains("not in your list any more", (await earlier.Submit("[name=_handler][value=check-domain]", new { })).Text, StringComparison.Ordinal);
        page = await page.Submit("form[action$='/restore']", new { });
        Assert.Contains("sunrise.example", page.Find("table, .data-list, main").TextContent, StringComparison.Ordinal);
    }
}
