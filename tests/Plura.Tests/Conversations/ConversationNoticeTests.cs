using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Conversations;
using Plura.Platform;

namespace Plura.Tests.Conversations;

public sealed class ConversationNoticeTests(PluraApp app)
{
    [Fact]
    public async Task Twenty_messages_of_one_conversation_are_one_notice_and_one_push()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = await account.SignIn();
        await browser.TurnOnPush(FakePhone.New());
        var first = await own.Receive(account, "Ann Miller <ann@people.example>", "Are you open on Sunday?");
        for (var more = 0; more < 19; more++)
            await own.Receive(account, "Ann Miller <ann@people.example>", $"And on day {more}?");
        var push = Assert.Single(await own.Pushed(account.Owner()));
        Assert.Equal("Ann Miller wrote to you", push.GetProperty("title").GetString());
        Assert.Equal("Corner Bakery", push.GetProperty("body").GetString());
        Assert.Equal(account.Page($"conversations/{first.ConversationId}"), push.GetProperty("url").GetString());
        Assert.DoesNotContain("Sunday", push.GetRawText(), StringComparison.Ordinal);
        var today = await browser.Get(account.Page(""));
        Assert.Single(today.All(".notice p"), t => t.Contains("Ann Miller wrote to you.", StringComparison.Ordinal));
        var opened = await today.Submit(".notice form", new { });
        Assert.EndsWith($"conversations/{first.ConversationId}", opened.Url.AbsolutePath, StringComparison.Ordinal);

        // A quarter of an hour later it is news again, and takes the place of what was told before.
        own.Clock.Advance(TimeSpan.FromMinutes(16));
        await own.Receive(account, "Ann Miller <ann@people.example>", "Hello?");
        Assert.Equal(2, (await own.Pushed(account.Owner())).Count);
        Assert.Equal(1, await account.Ask<long>("select count(*) from accounts.notice where kind = 'conversation_waiting' and settled_at is null"));
    }

    [Fact]
    public async Task Whoever_has_the_conversation_before_them_is_not_disturbed_about_it()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = (await own.EnterFromElsewhere(account, stay: true)).Browser;
        await browser.TurnOnPush(FakePhone.New());
        var first = await own.Receive(account, "ann@people.example", "Hello");
        Assert.Single(await own.Pushed(account.Owner()));
        own.Clock.Advance(TimeSpan.FromMinutes(20));
        await account.As(account.OwnerId, s => s.GetRequiredService<ShowPresenceHandler>().Handle(new ShowPresence(first.ConversationId, Typing: true, Left: false), default));
        await own.Receive(account, "ann@people.example", "Are you there?");
        Assert.Single(await own.Pushed(account.Owner()));
        own.Clock.Advance(TimeSpan.FromMinutes(20));
        await own.Receive(account, "ann@people.example", "Hello?");
        Assert.Equal(2, (await own.Pushed(account.Owner())).Count);
    }

    [Fact]
    public async Task A_screen_names_nobody_where_the_person_wants_it_so()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        await browser.TurnOnPush(FakePhone.New());
        await (await browser.Get("/me/notifications")).Submit("[name='Hours.DigestAt']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Hours.Names"] = null });
        await app.Receive(account, "Ann Miller <ann@people.example>", "Hello");
        Assert.Equal("Somebody wrote to you", Assert.Single(await app.Pushed(account.Owner())).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Whoever_may_not_read_conversations_or_does_not_see_the_contact_is_told_nothing()
    {
        var account = await app.NewAccount();
        var role = await account.In(async services =>
        {
            var made = Role.Make("Counter", ["account.use", "contacts.read"], app.Clock.GetUtcNow());
            services.GetRequiredService<PluraDb>().Add(made);
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
            return made.Id;
        });
        var counter = await account.Colleague(app, Membership.Custom, roleId: role, name: "Carl Counter");
        var narrow = await account.Colleague(app, sight: Sights.Mine, name: "Nora Narrow");
        var colleague = await account.Colleague(app);
        foreach (var person in (Colleague[])[counter, narrow, colleague])
        {
            await person.Browser.TurnOnPush(FakePhone.New());
            await (await person.Browser.Get("/me/notifications")).Submit("[name=app]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["mail"] = new[] { "now:conversation_waiting" } });
        }

        await app.Receive(account, "Ann Miller <ann@people.example>", "Hello");
        Assert.Single(await app.Pushed(colleague.Email));
        Assert.Contains(await app.Letters(colleague.Email), l => l.Subject == "Ann Miller wrote to you");
        foreach (var person in (Colleague[])[counter, narrow])
        {
            Assert.Empty(await app.Pushed(person.Email));
            Assert.DoesNotContain(await app.Letters(person.Email), l => l.Subject!.Contains("wrote", StringComparison.Ordinal));
            Assert.DoesNotContain("wrote to you", (await person.Browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_whoever_looks_after_it_hears_of_it_and_of_getting_it()
    {
        var account = await app.NewAccount();
        await (await account.SignIn()).TurnOnPush(FakePhone.New());
        var colleague = await account.Colleague(app);
        await colleague.Browser.TurnOnPush(FakePhone.New());
        var taken = await app.Receive(account, "Ann Miller <ann@people.example>", "Hello");
        Assert.Single(await app.Pushed(colleague.Email));
        await account.As(account.OwnerId, s => s.GetRequiredService<AssignConversationHandler>().Handle(new AssignConversation { Id = taken.ConversationId, Assignee = colleague.Id.ToString() }, default));
        Assert.Equal("The conversation with Ann Miller is yours now", (await app.Pushed(colleague.Email))[^1].GetProperty("title").GetString());
        await app.Receive(account, "Ann Miller <ann@people.example>", "Are you there?");
        Assert.Equal(3, (await app.Pushed(colleague.Email)).Count);
        Assert.Single(await app.Pushed(account.Owner()));
        Assert.DoesNotContain("wrote to you", (await account.Browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        // Who takes it themselves knows.
        await account.As(account.OwnerId, s => s.GetRequiredService<AssignConversationHandler>().Handle(new AssignConversation { Id = taken.ConversationId, Assignee = account.OwnerId.ToString() }, default));
        Assert.Single(await app.Pushed(account.Owner()));
    }

    [Fact]
    public async Task An_answer_puts_it_away_for_everybody_and_looking_at_it_for_oneself()
    {
        var account = await app.NewAccount();
        var owner = await account.SignIn();
        var colleague = await account.Colleague(app);
        var taken = await app.Receive(account, "Ann Miller <ann@people.example>", "Hello");
        await account.Work();
        Assert.Contains("Ann Miller wrote", (await owner.Get(account.Page(""))).Text, StringComparison.Ordinal);
        await (await owner.Get(account.Page($"conversations/{taken.ConversationId}"))).Submit("form[data-seen]", new { });
        Assert.DoesNotContain("wrote to you", (await owner.Get(account.Page(""))).Text, StringComparison.Ordinal);
        Assert.Contains("Ann Miller wrote", (await colleague.Browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        await account.Reply(taken.ConversationId, "Good morning");
        await account.Work();
        Assert.DoesNotContain("wrote to you", (await colleague.Browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_stored_and_posted_of_it_names_nobody()
    {
        var account = await app.NewAccount();
        await (await (await account.SignIn()).Get("/me/notifications")).Submit("[name=app]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["mail"] = new[] { "now:conversation_waiting" } });
        await app.Receive(account, "Zebulon Quarrymaster <zq@people.example>", "Hello");
        Assert.Contains(await app.Letters(account.Owner()), l => l.Subject == "Zebulon Quarrymaster wrote to you");
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.notice n where row_to_json(n)::text like '%Quarrymaster%'"));
        Assert.Equal(0, await app.Ask<long>("select count(*) from messaging.posted_letter l where row_to_json(l)::text like '%Quarrymaster%'"));
        Assert.Equal(0, await app.Ask<long>("select count(*) from platform.outbox_message m where row_to_json(m)::text like '%Quarrymaster%'"));
    }
}
