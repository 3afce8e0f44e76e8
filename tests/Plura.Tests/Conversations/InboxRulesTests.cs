using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;

namespace Plura.Tests.Conversations;

/// <summary>What the inbox does by itself. The tests' clock stands at nine in the morning of a Monday in Greenwich, four in New York, where the account is.</summary>
public sealed class InboxRulesTests(PluraApp app)
{
    private static readonly List<string?> Week = ["", "09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00", ""];

    [Fact]
    public async Task New_conversations_go_round_among_those_named_and_whoever_writes_again_stays()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (kim, lou) = (await account.Colleague(own, name: "Kim Lee"), await account.Colleague(own, name: "Lou Day"));
        await Keep(account, new KeepInbox { Give = "turns", People = [kim.Id, lou.Id] });
        var got = new List<Guid?>();
        foreach (var number in Enumerable.Range(0, 4))
            got.Add((await account.Conversation((await own.Receive(account, $"writer{number}@people.example", "Hello")).ConversationId))!.Assignee);
        Assert.Equal([kim.Id, lou.Id, kim.Id, lou.Id], got);
        var again = await own.Receive(account, "writer0@people.example", "Me again");
        Assert.Equal(kim.Id, (await account.Conversation(again.ConversationId))!.Assignee);
    }

    [Fact]
    public async Task Many_at_once_are_given_out_evenly()
    {
        var account = await app.NewAccount();
        var people = new List<Guid>();
        foreach (var name in (string[])["Cora", "Dora", "Emma"])
            people.Add((await account.Colleague(app, name: name)).Id);
        await Keep(account, new KeepInbox { Give = "least", People = people });
        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => app.Receive(account, $"many{n}@people.example", "Hello")));
        foreach (var person in people)
            Assert.Equal(4L, await account.Ask<long>("select count(*) from conversations.conversation where assignee_id = $1", person));
    }

    [Fact]
    public async Task While_it_is_closed_whoever_writes_is_told_once_and_still_waits_for_an_answer()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await Keep(account, new KeepInbox { HasHours = true, Hours = Week, Away = "We open at nine, {{ contact.first_name | default: 'dear reader' }}.", AnswerWithin = 60 });
        var taken = await own.Receive(account, "ann@people.example", "Are you there?");
        await own.Receive(account, "ann@people.example", "Hello?");
        await account.Work();
        await account.Leave(own);
        var thread = await account.Thread(taken.ConversationId);
        var away = Assert.Single(thread, m => m.Direction == "out");
        Assert.Equal(("We open at nine, dear reader.", true, null), (away.Text, away.Automatic, away.Author));
        var mail = await own.Mailed("ann@people.example");
        Assert.Equal("auto-replied", mail.Headers["Auto-Submitted"]);
        var waits = (await account.Conversation(taken.ConversationId))!;
        // Ten in New York, three in the afternoon in Greenwich.
        Assert.Equal((true, new DateTimeOffset(2026, 11, 2, 15, 0, 0, TimeSpan.Zero)), (waits.Unread, waits.DueAt));
    }

    [Fact]
    public async Task Over_a_weekend_they_are_told_once_and_when_it_closes_anew_again()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await Keep(account, new KeepInbox { HasHours = true, Hours = Week, Away = "Closed." });
        // From Monday morning to the Friday's evening, five hours after it has closed.
        own.Clock.Advance(TimeSpan.FromDays(4) + TimeSpan.FromHours(18));
        var taken = await own.Receive(account, "ann@people.example", "Are you there?");
        await account.Work();
        foreach (var hours in (int[])[12, 12, 24])
        {
            own.Clock.Advance(TimeSpan.FromHours(hours));
            await own.Receive(account, "ann@people.example", "Hello?");
            await account.Work();
        }

        Assert.Single(await account.Thread(taken.ConversationId), m => m.Direction == "out");
        // Monday came and went.
        own.Clock.Advance(TimeSpan.FromHours(24));
        await own.Receive(account, "ann@people.example", "Good evening?");
        await account.Work();
        Assert.Equal(2, (await account.Thread(taken.ConversationId)).Count(m => m.Direction == "out"));
    }

    [Fact]
    public async Task Programs_are_told_nothing_and_by_day_nobody_is()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await Keep(account, new KeepInbox { HasHours = true, Hours = Week, Away = "Closed." });
        own.Clock.Advance(TimeSpan.FromHours(6));
        var taken = await own.Receive(account, "ann@people.example", "Good morning");
        await account.Work();
        Assert.Single(await account.Thread(taken.ConversationId));
    }

    [Fact]
    public async Task Who_waits_too_long_stands_among_the_overdue_and_an_answer_ends_it()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await Keep(account, new KeepInbox { AnswerWithin = 30 });
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        Assert.Empty(await account.Listed("overdue"));
        own.Clock.Advance(TimeSpan.FromMinutes(31));
        await account.Work();
        Assert.Equal(["ann@people.example"], await account.Listed("overdue"));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from accounts.notice where kind = $1", ConversationNotices.Overdue));
        Assert.Contains("Overdue since", (await (await account.SignIn()).Get(account.Page("conversations?view=overdue"))).Text, StringComparison.Ordinal);
        await account.Reply(taken.ConversationId, "Good morning");
        await account.Leave(own);
        Assert.Empty(await account.Listed("overdue"));
        Assert.Null((await account.Conversation(taken.ConversationId))!.DueAt);
    }

    [Theory]
    [InlineData("hours.never", "", null)]
    [InlineData("hours.format", "nine to five", null)]
    [InlineData("hours.away", null, "Closed.")]
    [InlineData("phrase.template", "09:00-17:00", "Hello {{ contact.first_name")]
    public async Task What_makes_no_sense_is_refused_in_words(string code, string? monday, string? away)
    {
        var account = await app.NewAccount();
        var command = new KeepInbox { HasHours = monday is not null, Hours = ["", monday, "", "", "", "", ""], Away = away };
        Assert.Equal(code, (await account.In(s => s.GetRequiredService<KeepInboxHandler>().Handle(command, default))).Refusal?.Code);
    }

    [Fact]
    public async Task Ten_minutes_after_it_was_closed_people_are_asked_once_and_say_how_it_was()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await Keep(account, new KeepInbox { Ask = true });
        var taken = await own.Receive(account, "ann@people.example", "Where is it?");
        await account.As(account.OwnerId, s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = taken.ConversationId, Text = "On its way." }, default));
        await account.Leave(own);
        await account.Close(taken.ConversationId);
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        await account.Work();
        await account.Leave(own);
        var mail = await own.Mailed("ann@people.example");
        var at = mail.TextBody!.IndexOf("/rate/", StringComparison.Ordinal);
        Assert.True(at >= 0, mail.TextBody);
        var path = mail.TextBody[at..].Split((char[])[' ', '\r', '\n'], 2)[0];
        var visitor = own.NewBrowser();
        var page = await visitor.Get(path);
        Assert.Contains("Choose one of the five", (await page.Submit("[name='Command.Comment']", new { Comment = "x" })).Text, StringComparison.Ordinal);
        Assert.Contains("Thank you", (await page.Submit("[name='Command.Comment']", new { Score = "5", Comment = "Quick Walrus" })).Text, StringComparison.Ordinal);
        var scores = await account.In(s => s.GetRequiredService<Ratings>().Scores(default));
        Assert.Equal(new RatingScores(1, 1, 1), scores);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from conversations.rating t where t::text ilike '%Walrus%' or t::text ilike '%' || encode('Walrus', 'hex') || '%'"));
        // Whoever looks after conversations reads it there, and is told that there is something to read.
        var thread = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        Assert.Equal(["Very satisfied, 5 of 5", "Quick Walrus"], thread.All(".rating p"));
        Assert.Contains("ann@people.example says how it was with you.", (await account.Browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        Assert.Contains("Somebody says how a conversation was", (await account.Browser.Get("/me/notifications")).Text, StringComparison.Ordinal);
        // Not again within thirty days, and not by an address that somebody made up.
        await account.Close(taken.ConversationId);
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        await account.Work();
        Assert.Equal(1L, await account.Ask<long>("select count(*) from conversations.rating"));
        Assert.Contains("does not stand any more", (await visitor.Get($"/rate/{account.Slug}/made-up")).Text, StringComparison.Ordinal);
    }

    private static async Task Keep(TestAccount account, KeepInbox command) => Assert.Null((await account.In(s => s.GetRequiredService<KeepInboxHandler>().Handle(command, default))).Refusal);
}
