using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;

namespace Plura.Tests.Conversations;

public sealed class MergeConversationTests(PluraApp app)
{
    [Fact]
    public async Task Parted_at_a_message_what_came_before_is_closed_and_the_rest_goes_on_and_undo_gives_the_same_again()
    {
        var account = await app.NewAccount();
        var conversation = (await app.Receive(account, "Ann <ann@people.example>", "Where is my cake?")).ConversationId;
        await account.Reply(conversation, "On its way.");
        var next = await app.Receive(account, "Ann <ann@people.example>", "Do you hire?");
        var before = await Texts(account, conversation);
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{conversation}"));
        Assert.Empty(page.Document.QuerySelectorAll("article.message:first-of-type .message-menu"));
        var after = await page.Submit($"form[action$='/messages/{next.MessageId}/split']", new { });
        Assert.Contains("What came before is a closed conversation of its own now.", after.Text, StringComparison.Ordinal);
        Assert.Equal(["Do you hire?"], await Texts(account, conversation));
        var earlier = await account.Ask<Guid>("select id from conversations.conversation where id <> $1", conversation);
        Assert.Equal(["On its way.", "Where is my cake?"], await Texts(account, earlier));
        var (old, now) = ((await account.Conversation(earlier))!, (await account.Conversation(conversation))!);
        Assert.Equal(("closed", "On its way."), (old.State, old.Preview));
        Assert.Equal(("open", next.MessageId), (now.State, now.LastMessage));

        // The Undo of the sentence makes one of two again; the address of the other leads there.
        await after.Submit("form[action*='/merge/']", new { });
        Assert.Equal(before, await Texts(account, conversation));
        Assert.Null(await account.Conversation(earlier));
        Assert.EndsWith($"/conversations/{conversation}", (await account.Browser.Get(account.Page($"conversations/{earlier}"))).Url.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Made_one_and_parted_again_each_has_its_own_messages_and_what_came_since_stays_with_the_open_one()
    {
        var account = await app.NewAccount();
        var conversation = (await app.Receive(account, "Ann <ann@people.example>", "First matter")).ConversationId;
        var second = await app.Receive(account, "Ann <ann@people.example>", "Second matter");
        var earlier = await Split(account, conversation, second.MessageId);
        var merge = await account.In(s => s.GetRequiredService<MergeConversationHandler>().Handle(new MergeConversation(conversation, earlier), default));
        Assert.Equal(["Second matter", "First matter"], await Texts(account, conversation));
        await app.Receive(account, "Ann <ann@people.example>", "And another thing");
        async Task Part() => Assert.Null((await account.In(s => s.GetRequiredService<PartConversationHandler>().Handle(new PartConversation(merge.Value), default))).Refusal);
        await Part();
        await Part();
        Assert.Equal(["And another thing", "Second matter"], await Texts(account, conversation));
        Assert.Equal(["First matter"], await Texts(account, earlier));
        Assert.Equal("closed", (await account.Conversation(earlier))!.State);
        Assert.Equal(["Ann"], await account.Listed("closed"));
        // Whoever writes comes into the open one, also while another is newer by its number.
        Assert.Equal(conversation, (await app.Receive(account, "Ann <ann@people.example>", "Hello?")).ConversationId);
    }

    [Fact]
    public async Task Other_contacts_open_conversations_and_the_first_message_are_refused_in_words()
    {
        var account = await app.NewAccount();
        var ann = await app.Receive(account, "Ann <ann@people.example>", "Hello");
        var bob = (await app.Receive(account, "Bob <bob@people.example>", "Hello")).ConversationId;
        async Task<string?> Refused(Guid id, Guid other) => (await account.In(s => s.GetRequiredService<MergeConversationHandler>().Handle(new MergeConversation(id, other), default))).Refusal?.Code;
        await account.Close(bob);
        Assert.Equal("conversation.other_contact", await Refused(ann.ConversationId, bob));
        Assert.Equal("conversation.missing", await Refused(ann.ConversationId, ann.ConversationId));
        Assert.Equal("conversation.nothing_before", (await account.In(s => s.GetRequiredService<SplitConversationHandler>().Handle(new SplitConversation(ann.ConversationId, ann.MessageId), default))).Refusal?.Code);
        var next = await app.Receive(account, "Ann <ann@people.example>", "Another matter");
        var earlier = await Split(account, ann.ConversationId, next.MessageId);
        Assert.Equal("conversation.not_closed", await Refused(earlier, ann.ConversationId));
    }

    [Fact]
    public async Task A_note_s_call_and_the_chat_of_a_visitor_go_along()
    {
        var account = await app.NewAccount();
        var kim = await account.Colleague(app, name: "Kim");
        var conversation = (await app.Receive(account, "Ann <ann@people.example>", "First")).ConversationId;
        await account.In(s => s.GetRequiredService<WriteNoteHandler>().Handle(new WriteNote { Id = conversation, Text = "@Kim, please look" }, default));
        var next = await app.Receive(account, "Ann <ann@people.example>", "Second");
        var earlier = await Split(account, conversation, next.MessageId);
        Assert.Equal(earlier, await account.Ask<Guid>("select conversation_id from conversations.mention where user_id = $1", kim.Id));
        await account.In(s => s.GetRequiredService<MergeConversationHandler>().Handle(new MergeConversation(conversation, earlier), default));
        Assert.Equal(conversation, await account.Ask<Guid>("select conversation_id from conversations.mention where user_id = $1", kim.Id));
    }

    private static async Task<Guid> Split(TestAccount account, Guid conversation, Guid message)
    {
        var split = await account.In(s => s.GetRequiredService<SplitConversationHandler>().Handle(new SplitConversation(conversation, message), default));
        Assert.Null(split.Refusal);
        return split.Value;
    }

    private static async Task<string[]> Texts(TestAccount account, Guid conversation) => [.. (await account.Thread(conversation)).Select(m => m.Text!)];
}
