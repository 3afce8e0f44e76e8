using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Conversations;
using Plura.Tests.Contacts;

namespace Plura.Tests.Conversations;

/// <summary>A conversation goes only to people who may answer and who see its contact; whoever does not is not called either.</summary>
public sealed class WhoCanAnswerTests(PluraApp app)
{
    [Theory]
    [InlineData("turns")]
    [InlineData("least")]
    public async Task Rules_give_it_only_to_those_who_may_answer_and_see_the_contact(string rule)
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.Colleague(own, Membership.ReadOnly, name: "Abe Only-reads");
        await account.Colleague(own, sight: Sights.Mine, name: "Bea Sees-her-own");
        var kim = await account.Colleague(own, name: "Kim Lee");
        await Keep(account, new KeepInbox { Give = rule });
        var got = new List<Guid?>();
        foreach (var number in Enumerable.Range(0, 4))
            got.Add((await account.Conversation((await own.Receive(account, $"writer{number}@people.example", "Hello")).ConversationId))!.Assignee);
        Assert.Equal(new Guid?[] { kim.Id, account.OwnerId }.Order(), got.Distinct().Order());
    }

    [Fact]
    public async Task Who_sees_only_their_own_gets_what_is_theirs_and_where_nobody_fits_it_waits()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var bea = await account.Colleague(own, sight: Sights.Mine, name: "Bea Sees-her-own");
        var mina = await account.Create("Mina", email: "mina@people.example");
        await account.In(s => s.GetRequiredService<AssignContactHandler>().Handle(new AssignContact { Ids = [mina], Assignee = bea.Id.ToString() }, default));
        await Keep(account, new KeepInbox { Give = "turns", People = [bea.Id] });
        Assert.Equal(bea.Id, (await account.Conversation((await own.Receive(account, "mina@people.example", "Hello")).ConversationId))!.Assignee);
        Assert.Null((await account.Conversation((await own.Receive(account, "theo@people.example", "Hello")).ConversationId))!.Assignee);
    }

    [Fact]
    public async Task Nobody_else_is_offered_or_taken_by_hand_or_by_a_snippet()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var abe = await account.Colleague(own, Membership.ReadOnly, name: "Abe Only-reads");
        var bea = await account.Colleague(own, sight: Sights.Mine, name: "Bea Sees-her-own");
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        foreach (var person in (Guid[])[abe.Id, bea.Id])
            Assert.Equal("assignee.cannot", (await account.In(s => s.GetRequiredService<AssignConversationHandler>().Handle(new AssignConversation { Id = taken.ConversationId, Assignee = person.ToString() }, default))).Refusal?.Code);
        var snippet = (await account.In(s => s.GetRequiredService<KeepSnippetHandler>().Handle(new KeepSnippet { Name = "To Bea", Text = "Bea sees to it.", Assign = bea.Id.ToString() }, default))).Value;
        Assert.Equal("assignee.cannot", (await account.In(s => s.GetRequiredService<UseSnippet>().Act(taken.ConversationId, snippet, default))).Refusal?.Code);
        Assert.Empty((await account.In(s => s.GetRequiredService<UseSnippet>().Offer(taken.ConversationId, default))).Value);
        Assert.Equal("assignee.cannot", (await account.In(s => s.GetRequiredService<KeepSnippetHandler>().Handle(new KeepSnippet { Name = "To Abe", Assign = abe.Id.ToString() }, default))).Refusal?.Code);
        Assert.Equal("assignee.unknown", (await account.In(s => s.GetRequiredService<KeepInboxHandler>().Handle(new KeepInbox { Give = "turns", People = [abe.Id] }, default))).Refusal?.Code);
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        Assert.Equal(["Yourself"], page.All("[name=assignee]"));
        Assert.DoesNotContain("Abe", (await account.Browser.Get(account.Page("settings/inbox"))).Text, StringComparison.Ordinal);
        // With the contact in her hands she can have it.
        var contact = (await account.Conversation(taken.ConversationId))!.Contact;
        await account.In(s => s.GetRequiredService<AssignContactHandler>().Handle(new AssignContact { Ids = [contact], Assignee = bea.Id.ToString() }, default));
        Assert.Null((await account.In(s => s.GetRequiredService<AssignConversationHandler>().Handle(new AssignConversation { Id = taken.ConversationId, Assignee = bea.Id.ToString() }, default))).Refusal);
        Assert.Equal(HttpStatusCode.OK, (await bea.Browser.Get(account.Page($"conversations/{taken.ConversationId}"))).Status);
    }

    [Fact]
    public async Task A_team_counts_and_a_role_of_the_accounts_own_counts()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (bea, cid) = (await account.Colleague(own, sight: Sights.Team, name: "Bea Team"), await account.Colleague(own, sight: Sights.Mine, name: "Cid Team"));
        await account.In(async services =>
        {
            var db = services.GetRequiredService<Plura.Platform.PluraDb>();
            var team = Team.Make("Counter", own.Clock.GetUtcNow());
            db.AddRange(team, TeamMember.Of(team.Id, bea.Id), TeamMember.Of(team.Id, cid.Id));
            await db.SaveChangesAsync();
        });
        var mina = await account.Create("Mina", email: "mina@people.example");
        await account.In(s => s.GetRequiredService<AssignContactHandler>().Handle(new AssignContact { Ids = [mina], Assignee = cid.Id.ToString() }, default));
        Assert.Equal(["Bea Team", "Cid Team", "Olivia Owner"], (await account.In(s => s.GetRequiredService<Plura.Conversations.Colleagues>().Answering(mina, default))).Select(p => p.Name));
        var theo = await account.Create("Theo", email: "theo@people.example");
        Assert.Equal(["Olivia Owner"], (await account.In(s => s.GetRequiredService<Plura.Conversations.Colleagues>().Answering(theo, default))).Select(p => p.Name));
    }

    [Fact]
    public async Task Who_may_not_read_it_is_neither_offered_behind_an_at_nor_told_that_they_were_called()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Hello");
        var bea = await account.Colleague(app, sight: Sights.Mine, name: "Bea Sees-her-own");
        await account.Colleague(app, Membership.ReadOnly, name: "Abe Only-reads");
        await account.As(account.OwnerId, s => s.GetRequiredService<WriteNoteHandler>().Handle(new WriteNote { Id = taken.ConversationId, Text = "@Bea and @Abe, please look" }, default));
        Assert.Equal(0L, await account.Ask<long>("select count(*) from accounts.notice where user_id = $1", bea.Id));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from conversations.mention"));
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        Assert.Equal("""["Abe Only-reads"]""", page.Find("[data-people]").GetAttribute("data-people"));
    }

    private static async Task Keep(TestAccount account, KeepInbox command) => Assert.Null((await account.In(s => s.GetRequiredService<KeepInboxHandler>().Handle(command, default))).Refusal);
}
