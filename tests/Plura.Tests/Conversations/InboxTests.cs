using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Conversations;
using Plura.Platform;
using Plura.Tests.Contacts;

namespace Plura.Tests.Conversations;

public sealed class InboxTests(PluraApp app)
{
    [Fact]
    public async Task Of_two_who_take_a_conversation_at_once_one_has_it_and_the_others_read_who()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Hello");
        var people = new List<Colleague>();
        foreach (var name in (string[])["Cora One", "Dora Two", "Emma Three", "Fina Four"])
            people.Add(await account.Colleague(app, name: name));
        var all = await Task.WhenAll(people.Select(p => account.As(p.Id, s => s.GetRequiredService<ClaimConversationHandler>().Handle(new ClaimConversation(taken.ConversationId), default))));
        Assert.Single(all, r => r.Ok);
        var winner = (await account.Conversation(taken.ConversationId))!;
        Assert.Equal(people[Array.FindIndex(all, r => r.Ok)].Id, winner.Assignee);
        Assert.All(all.Where(r => !r.Ok), r => Assert.Equal(("conversation.taken", true), (r.Refusal!.Code, r.Refusal.Text.Contains(winner.AssigneeName!, StringComparison.Ordinal))));
        // A second press of one's own button is no mistake.
        Assert.Null((await account.As(winner.Assignee!.Value, s => s.GetRequiredService<ClaimConversationHandler>().Handle(new ClaimConversation(taken.ConversationId), default))).Refusal);
        Assert.Equal("conversation.nobody", (await account.In(s => s.GetRequiredService<ClaimConversationHandler>().Handle(new ClaimConversation(taken.ConversationId), default))).Refusal?.Code);
    }

    [Fact]
    public async Task A_snoozed_conversation_comes_back_by_itself_at_nine_where_its_people_are()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        var list = await page.Submit("form[action$='/snooze']", new { until = "tomorrow" });
        Assert.Contains("Put away. It comes back by itself.", list.Text, StringComparison.Ordinal);
        var snoozed = (await account.Conversation(taken.ConversationId))!;
        // The second of November 2026, four in the morning in New York; tomorrow at nine there is two in the afternoon in Greenwich.
        Assert.Equal(("snoozed", new DateTimeOffset(2026, 11, 3, 14, 0, 0, TimeSpan.Zero), false), (snoozed.State, snoozed.SnoozedUntil, snoozed.Unread));
        Assert.Empty(await account.Listed("open"));
        own.Clock.Advance(TimeSpan.FromHours(20));
        await account.Work();
        Assert.Equal(["ann@people.example"], await account.Listed("snoozed"));
        own.Clock.Advance(TimeSpan.FromHours(9.5));
        await account.Work();
        var back = (await account.Conversation(taken.ConversationId))!;
        Assert.Equal(("open", null, true), (back.State, back.SnoozedUntil, back.Unread));
    }

    [Fact]
    public async Task What_was_opened_before_its_time_is_not_woken_and_a_new_message_wakes_at_once()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        Task<Result> Snooze() => account.In(s => s.GetRequiredService<SnoozeConversationHandler>().Handle(new SnoozeConversation { Id = taken.ConversationId, Until = "later" }, default));
        Assert.Null((await Snooze()).Refusal);
        await account.Close(taken.ConversationId);
        own.Clock.Advance(TimeSpan.FromHours(4));
        await account.Work();
        Assert.Equal("closed", (await account.Conversation(taken.ConversationId))!.State);
        Assert.Null((await Snooze()).Refusal);
        await own.Receive(account, "ann@people.example", "Are you there?");
        Assert.Equal("open", (await account.Conversation(taken.ConversationId))!.State);
    }

    [Fact]
    public async Task The_views_hold_what_their_names_say_and_are_read_page_by_page()
    {
        var account = await app.NewAccount();
        var kim = await account.Colleague(app, name: "Kim");
        var all = new List<Guid>();
        for (var n = 0; n < 5; n++)
            all.Add((await app.Receive(account, $"Person{n} <p{n}@people.example>", $"Hello {n}")).ConversationId);
        await account.Close(all[0]);
        await account.In(s => s.GetRequiredService<AssignConversationHandler>().Handle(new AssignConversation { Id = all[1], Assignee = kim.Id.ToString() }, default));
        await account.In(s => s.GetRequiredService<StarConversationHandler>().Handle(new StarConversation(all[0], Starred: true), default));
        await account.In(s => s.GetRequiredService<SnoozeConversationHandler>().Handle(new SnoozeConversation { Id = all[2], Until = "later" }, default));
        Assert.Equal(["Person4", "Person3", "Person1"], await account.Listed("open"));
        Assert.Equal(["Person1"], await account.Listed("mine", kim.Id));
        Assert.Empty(await account.Listed("mine"));
        Assert.Equal(["Person4", "Person3"], await account.Listed("unassigned"));
        Assert.Equal(["Person2"], await account.Listed("snoozed"));
        Assert.Equal(["Person0"], await account.Listed("closed"));
        Assert.Equal(["Person0"], await account.Listed("starred"));
        var first = await account.Api.GetJson("/api/v1/conversations?limit=2");
        var next = await account.Api.GetJson($"/api/v1/conversations?limit=2&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal(["Person4", "Person3", "Person1"], first.GetProperty("items").EnumerateArray().Concat(next.GetProperty("items").EnumerateArray()).Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, next.GetProperty("next").ValueKind);
        var page = await (await account.SignIn()).Get(account.Page("conversations?view=mine"));
        Assert.Contains("Nothing waits for you", page.Text, StringComparison.Ordinal);
        Assert.Contains("Person2", (await account.Browser.Get(account.Page("conversations?view=snoozed"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buttons_close_with_undo_star_give_and_mark()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "Ann <ann@people.example>", "Hello");
        var here = account.Page($"conversations/{taken.ConversationId}");
        var browser = await account.SignIn();
        var thread = await (await browser.Get(here)).Submit("form[data-seen]", new { });
        Assert.False((await account.Conversation(taken.ConversationId))!.Unread);
        thread = await thread.Submit("form[action$='/claim']", new { });
        Assert.Contains("Olivia Owner looks after it", thread.Text, StringComparison.Ordinal);
        thread = await thread.Submit("form[action$='/star']", new { starred = "true" });
        Assert.True((await account.Conversation(taken.ConversationId))!.Starred);
        thread = await thread.Submit("form[action$='/assign']", new { assignee = "none" });
        Assert.Null((await account.Conversation(taken.ConversationId))!.Assignee);
        var list = await thread.Submit("form[action$='/close']", new { });
        Assert.Equal("/a/" + account.Slug + "/conversations", list.Url.AbsolutePath);
        Assert.Equal("closed", (await account.Conversation(taken.ConversationId))!.State);
        await list.Submit($"form[action$='{taken.ConversationId}/reopen']", new { });
        Assert.Equal("open", (await account.Conversation(taken.ConversationId))!.State);
    }

    [Fact]
    public async Task Whoever_sees_only_their_own_contacts_sees_only_their_conversations()
    {
        var (account, cora, mina, _) = await AssignedTests.Divided(app, Membership.Member, Sights.Mine);
        var hers = await app.Receive(account, "mina@people.example", "From Mina");
        var other = await app.Receive(account, "theo@people.example", "From Theo");
        var list = await cora.Browser.Get(account.Page("conversations"));
        Assert.Contains("From Mina", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Theo", list.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await cora.Browser.Get(account.Page($"conversations/{hers.ConversationId}"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await cora.Browser.Get(account.Page($"conversations/{other.ConversationId}"))).Status);
        await using var open = await app.OpenApp();
        await using (var enter = TenantConnections.Set(open, account.Id, [cora.Id]))
            await enter.ExecuteNonQueryAsync();
        Assert.Equal((1L, 1L), (await open.Ask<long>("select count(*) from conversations.conversation"), await open.Ask<long>("select count(*) from conversations.message")));
        Assert.Equal(0, await open.Do("update conversations.conversation set starred = true where id = $1", other.ConversationId));
        Assert.Equal(mina, await open.Ask<Guid>("select contact_id from conversations.conversation"));
    }

    [Fact]
    public async Task Another_accounts_conversation_does_not_exist()
    {
        var (ours, theirs) = (await app.NewAccount("Ours"), await app.NewAccount("Theirs"));
        var taken = await app.Receive(ours, "ann@people.example", "Hello");
        var browser = await theirs.SignIn();
        foreach (var path in (string[])[$"conversations/{taken.ConversationId}", $"conversations/{taken.ConversationId}/messages/{taken.MessageId}/html"])
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(theirs.Page(path))).Status);
        using (var read = await theirs.Api.Send(HttpMethod.Get, $"/api/v1/conversations/{taken.ConversationId}/messages"))
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        foreach (var (path, body) in (IEnumerable<(string, object)>)[("close", new { }), ("reopen", new { }), ("assign", new { assignee = "none" }), ("messages", new { kind = "note", text = "x" }), ("messages", new { kind = "reply", text = "x" })])
        {
            using var answer = await theirs.Api.Post($"/api/v1/conversations/{taken.ConversationId}/{path}", body);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal(1L, await ours.Ask<long>("select count(*) from conversations.message"));
    }

    [Fact]
    public async Task A_program_lists_reads_answers_notes_closes_and_assigns()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "Ann <ann@people.example>", "Hello", "Hi");
        var address = $"/api/v1/conversations/{taken.ConversationId}";
        Assert.Equal("Ann", (await account.Api.GetJson("/api/v1/conversations")).GetProperty("items")[0].GetProperty("name").GetString());
        var note = await account.Api.PostJson($"{address}/messages", new { kind = "note", text = "Ask Kim" });
        Assert.Equal(("note", "Ask Kim"), (note.GetProperty("direction").GetString(), note.GetProperty("text").GetString()));
        var reply = await account.Api.PostJson($"{address}/messages", new { kind = "reply", text = "Good morning" });
        Assert.Equal(("out", "planned", "Re: Hi"), (reply.GetProperty("direction").GetString(), reply.GetProperty("delivery").GetProperty("state").GetString(), reply.GetProperty("subject").GetString()));
        Assert.Equal(["out", "note", "in"], (await account.Api.GetJson($"{address}/messages")).GetProperty("items").EnumerateArray().Select(m => m.GetProperty("direction").GetString()));
        Assert.Equal(account.OwnerId, (await account.Api.PostJson($"{address}/assign", new { assignee = account.OwnerId })).GetProperty("assignee").GetGuid());
        Assert.Equal("closed", (await account.Api.PostJson($"{address}/close", new { })).GetProperty("state").GetString());
        Assert.Equal("open", (await account.Api.PostJson($"{address}/reopen", new { })).GetProperty("state").GetString());
        foreach (var wrong in (object[])[new { kind = "shout", text = "x" }, new { kind = "note", text = " " }, new { }])
        {
            using var refused = await account.Api.Post($"{address}/messages", wrong);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_deleted_contact_takes_its_conversation_along_and_brings_it_back()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "Ann <ann@people.example>", "Hello there");
        var contact = (await account.Conversation(taken.ConversationId))!.Contact;
        var page = await (await account.SignIn()).Get(account.Page($"contacts/{contact}"));
        Assert.Contains("The conversation leaves the inbox", page.Text, StringComparison.Ordinal);
        Assert.Contains("Wrote “A question”", page.Text, StringComparison.Ordinal);
        Assert.Contains("Hello there", page.Text, StringComparison.Ordinal);
        await account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [contact] }, default));
        await account.Work();
        Assert.Empty(await account.Listed("open"));
        Assert.Equal(HttpStatusCode.NotFound, (await account.Browser.Get(account.Page($"conversations/{taken.ConversationId}"))).Status);
        await account.In(s => s.GetRequiredService<RestoreContactHandler>().Handle(new RestoreContact { Id = contact }, default));
        await account.Work();
        Assert.Equal(["Ann"], await account.Listed("open"));
    }

    [Fact]
    public async Task When_two_contacts_become_one_there_is_one_open_conversation_and_both_can_be_read()
    {
        var account = await app.NewAccount();
        var (first, second) = (await app.Receive(account, "Ann <ann@people.example>", "From home"), await app.Receive(account, "Ann <ann@work.example>", "From work"));
        var (winner, loser) = ((await account.Conversation(first.ConversationId))!.Contact, (await account.Conversation(second.ConversationId))!.Contact);
        var merge = (await account.Api.PostJson($"/api/v1/contacts/{winner}/merge", new { other = loser })).GetProperty("id").GetGuid();
        Assert.Equal(("open", "closed"), ((await account.Conversation(first.ConversationId))!.State, (await account.Conversation(second.ConversationId))!.State));
        Assert.Equal(winner, (await account.Conversation(second.ConversationId))!.Contact);
        Assert.Equal("From work", (await account.Thread(second.ConversationId))[0].Text);
        Assert.Equal(first.ConversationId, (await app.Receive(account, "ann@work.example", "Again")).ConversationId);
        using (var undone = await account.Api.Post($"/api/v1/contacts/merges/{merge}/undo", new { }))
            Assert.True(undone.IsSuccessStatusCode, await undone.Content.ReadAsStringAsync());
        Assert.Equal((loser, "open"), ((await account.Conversation(second.ConversationId))!.Contact, (await account.Conversation(second.ConversationId))!.State));
    }

    [Fact]
    public async Task Open_lists_and_threads_hear_of_a_new_message_and_of_what_became_of_a_reply()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "Ann <ann@people.example>", "Hello");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        Assert.Equal([$"conversation-list:{account.Slug}.open.{taken.ConversationId}", $"conversation-thread:{taken.ConversationId}.{account.Slug}.open", $"conversation-presence:{taken.ConversationId}"], page.Document.QuerySelectorAll(".inbox [data-live]").Select(e => e.GetAttribute("data-live")));
        string[] topics = ["conversations", $"conversation:{taken.ConversationId}"];
        using var ear = own.Services.GetRequiredService<LiveTopics>().Listen(account.Id, topics);
        await own.Receive(account, "ann@people.example", "Still there?");
        Assert.Equal(topics.Select(t => Ring.Of(account.Id, t)).Order(StringComparer.Ordinal), await Heard(ear));
        await account.Reply(taken.ConversationId, "Good morning");
        await Heard(ear);
        await account.Leave(own);
        Assert.Equal(topics.Select(t => Ring.Of(account.Id, t)).Order(StringComparer.Ordinal), await Heard(ear));
    }

    /// <summary>Rings of one commit may come one by one, and the bell of one that was heard already may still sound.</summary>
    private static async Task<IEnumerable<string>> Heard(LiveEar ear)
    {
        var heard = new HashSet<string>(StringComparer.Ordinal);
        for (var wait = 0; heard.Count < 2; wait++)
        {
            Assert.True(wait < 6, "Nothing more was heard: " + string.Join(", ", heard));
            heard.UnionWith(await ear.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        }

        return heard.Order(StringComparer.Ordinal);
    }
}
