using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Conversations;
using Plura.Platform;

namespace Plura.Tests.Conversations;

public sealed class InboxViewTests(PluraApp app)
{
    [Fact]
    public async Task A_view_of_ones_own_shows_what_it_asks_for_and_nothing_else()
    {
        var account = await app.NewAccount();
        var ann = await app.Receive(account, "Ann <ann@people.example>", "When do you open?");
        var bob = await app.Receive(account, "Bob <bob@people.example>", "My bill?");
        await app.Receive(account, "Cem <cem@people.example>", "A cake, please");
        await account.Close(bob.ConversationId);
        await Do(account, s => s.GetRequiredService<StarConversationHandler>().Handle(new StarConversation(ann.ConversationId, true), default));
        await Do(account, s => s.GetRequiredService<AssignConversationHandler>().Handle(new AssignConversation { Id = ann.ConversationId, Assignee = account.OwnerId.ToString() }, default));
        Assert.Equal(["Ann"], await account.Listed(await Keep(account, new KeepView { Name = "Stars", Starred = true })));
        Assert.Equal(["Bob"], await account.Listed(await Keep(account, new KeepView { Name = "Done", State = "closed" })));
        Assert.Equal(["Cem"], await account.Listed(await Keep(account, new KeepView { Name = "Free", Assignee = "none" })));
        Assert.Equal(["Cem", "Bob", "Ann"], await account.Listed(await Keep(account, new KeepView { Name = "All mail", State = "", Channel = "email" })));
        Assert.Empty(await account.Listed(await Keep(account, new KeepView { Name = "Texts", State = "", Channel = "sms" })));
        var mine = await Keep(account, new KeepView { Name = "Mine", Assignee = "me" });
        Assert.Equal(["Ann"], await account.Listed(mine, account.OwnerId));
        Assert.Empty(await account.Listed(mine));
        Assert.Equal(["Cem", "Ann"], await account.Listed("unread"));
    }

    [Fact]
    public async Task The_team_s_view_shows_what_anybody_of_ones_teams_looks_after()
    {
        var account = await app.NewAccount();
        var kim = (await account.Colleague(app, name: "Kim")).Id;
        var lee = (await account.Colleague(app, name: "Lee")).Id;
        foreach (var (from, who) in ((string, Guid)[])[("Ann <ann@people.example>", kim), ("Bob <bob@people.example>", lee)])
            await Assign(account, (await app.Receive(account, from, "Hello")).ConversationId, who);
        await Do(account, async s => (await s.GetRequiredService<KeepTeamHandler>().Handle(new KeepTeam { Name = "Bakers", Members = [account.OwnerId, kim] }, default)) is { Refusal: { } no } ? no : Result.Done);
        Assert.Equal(["Ann"], await account.Listed("team", account.OwnerId));
        Assert.Empty(await account.Listed("team", lee));
        Assert.Equal(["Ann"], await account.Listed(await Keep(account, new KeepView { Name = "Ours", Assignee = "team" }), kim));
    }

    [Fact]
    public async Task What_is_mine_alone_nobody_else_sees_and_what_is_shared_everybody_has()
    {
        var account = await app.NewAccount();
        var kim = (await account.Colleague(app, name: "Kim")).Id;
        var (own, shared) = (await Keep(account, new KeepView { Name = "Own" }, account.OwnerId), await Keep(account, new KeepView { Name = "Shared", Shared = true }, account.OwnerId));
        async Task<string[]> Has(Guid? who) => [.. (await account.In(s => s.GetRequiredService<InboxViews>().All(who, default))).Select(v => v.Name)];
        Assert.Equal(["Own", "Shared"], await Has(account.OwnerId));
        Assert.Equal(["Shared"], await Has(kim));
        async Task<string?> Refused(Guid who, Func<IServiceProvider, Task<Result>> work) => (await account.As(who, work)).Refusal?.Code;
        Assert.Equal("view.missing", await Refused(kim, s => s.GetRequiredService<DeleteViewHandler>().Handle(new DeleteView(Guid.Parse(own)), default)));
        var looked = await account.In(s => s.GetRequiredService<ListConversationsHandler>().Handle(new ListConversations { View = own, Me = kim }, default));
        Assert.Equal("view.missing", looked.Refusal?.Code);
        Assert.Null(await Refused(kim, s => s.GetRequiredService<DeleteViewHandler>().Handle(new DeleteView(Guid.Parse(shared)), default)));
    }

    [Fact]
    public async Task Its_page_makes_one_that_stands_in_the_inbox_and_a_deleted_one_comes_back()
    {
        var account = await app.NewAccount();
        await app.Receive(account, "Ann <ann@people.example>", "When do you open?");
        var browser = await account.SignIn();
        var inbox = await (await browser.Get(account.Page("conversations/views?edit=new"))).Submit("[name='Command.Name']", new { Name = "Unread mail", Unread = "true", Channel = "email", Shared = "true" });
        Assert.Contains("Ann", inbox.Text, StringComparison.Ordinal);
        Assert.Equal("Unread mail", inbox.Document.QuerySelector(".chip[aria-current]")!.TextContent.Trim());
        var again = await (await browser.Get(account.Page("conversations/views?edit=new"))).Submit("[name='Command.Name']", new { Name = "unread MAIL", Shared = "true" });
        Assert.Contains("Another view has this name", again.Text, StringComparison.Ordinal);
        var id = Assert.Single(await account.In(s => s.GetRequiredService<InboxViews>().All(null, default)));
        Assert.Equal("Open, unread, by e-mail", id.Shows);
        var list = await (await browser.Get(account.Page($"conversations/views?edit={id.Id}"))).Submit("[name=_handler][value=delete-view]", new { });
        Assert.Contains("No views of your own yet", list.Text, StringComparison.Ordinal);
        Assert.Contains("This view does not exist any more", (await browser.Get(account.Page($"conversations?view={id.Id}"))).Text, StringComparison.Ordinal);
        Assert.Contains("Unread mail", (await list.Submit("form[action$='/restore']", new { })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_keep_views_for_everybody()
    {
        var account = await app.NewAccount();
        var kept = await account.Api.PostJson("/api/v1/inbox-views", new { name = "Texts", channel = "sms", shared = false });
        Assert.True(kept.GetProperty("shared").GetBoolean());
        Assert.Contains("view.exists", await Refused(account, new { name = "texts" }), StringComparison.Ordinal);
        Assert.Contains("Choose “email”, “sms” or “chat”.", await Refused(account, new { name = "Pigeons", channel = "pigeon" }), StringComparison.Ordinal);
    }

    private static async Task<string> Refused(TestAccount account, object view)
    {
        using var answer = await account.Api.Post("/api/v1/inbox-views", view);
        Assert.False(answer.IsSuccessStatusCode);
        return System.Text.RegularExpressions.Regex.Unescape(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> Keep(TestAccount account, KeepView command, Guid? by = null)
    {
        Task<Result<Guid>> Kept(IServiceProvider s) => s.GetRequiredService<KeepViewHandler>().Handle(command, default);
        var kept = by is { } user ? await account.As(user, Kept) : await account.In(Kept);
        Assert.Null(kept.Refusal);
        return kept.Value.ToString();
    }

    private static async Task Do(TestAccount account, Func<IServiceProvider, Task<Result>> work) => Assert.Null((await account.In(work)).Refusal);

    private static Task Assign(TestAccount account, Guid conversation, Guid who) =>
        Do(account, s => s.GetRequiredService<AssignConversationHandler>().Handle(new AssignConversation { Id = conversation, Assignee = who.ToString() }, default));
}
