using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>The shared inbox: what people write to the business, one conversation for each contact, answered by whoever takes it.</summary>
public sealed class ConversationsModule : IModule
{
    public string Name => "Conversations";

    public IEnumerable<NavigationEntry> Navigation =>
    [
        new(12, "Conversations", "conversations", "messages", "conversations.read"),
        new(33, "Inbox", "inbox", "inbox", "conversations.inbox") { Area = Area.Settings },
        new(34, "Snippets", "snippets", "text-plus", "conversations.snippets") { Area = Area.Settings },
        new(35, "Web chat", "chat", "message-circle", "conversations.chat") { Area = Area.Settings },
    ];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("conversations.read", "Read conversations", PermissionLevel.Look),
        new("conversations.write", "Answer people, write notes, and close, put away and assign conversations", PermissionLevel.Work),
        new("conversations.snippets", "Keep and delete snippets", PermissionLevel.Work),
        new("conversations.inbox", "Say how the inbox works by itself", PermissionLevel.Manage),
        new("conversations.chat", "Set up the chat for the account's website", PermissionLevel.Manage),
    ];

    public IEnumerable<ActWords> Acts =>
    [
        new("conversations.send_reply", "answered {about}", ActGroup.Send, "conversation"),
        new("conversations.begin", "wrote to {about}", ActGroup.Send, "conversation"),
        new("conversations.write_message", "wrote into the conversation with {about}", ActGroup.Send, "conversation"),
        new("conversations.take_back_reply", "took back an answer to {about}", ActGroup.Send, "conversation"),
        new("conversations.write_note", "wrote a note about {about}", ActGroup.People, "conversation"),
        new("conversations.close", "closed the conversation with {about}", ActGroup.People, "conversation"),
        new("conversations.reopen", "opened the conversation with {about} again", ActGroup.People, "conversation"),
        new("conversations.snooze", "put the conversation with {about} away for a while", ActGroup.People, "conversation"),
        new("conversations.star", "put a star on the conversation with {about}, or took it off", ActGroup.People, "conversation"),
        new("conversations.mark", "marked the conversation with {about} as read or unread", ActGroup.People, "conversation"),
        new("conversations.assign", "said who looks after the conversation with {about}", ActGroup.People, "conversation"),
        new("conversations.claim", "took the conversation with {about}", ActGroup.People, "conversation"),
        new("conversations.split", "parted a conversation with {about} in two", ActGroup.People, "conversation"),
        new("conversations.merge", "made one of two conversations with {about}", ActGroup.People, "conversation"),
        new("conversations.part", "parted two conversations with {about} that had become one", ActGroup.People, "conversation"),
        new("conversations.keep_inbox", "changed how the inbox works by itself", ActGroup.Settings),
        new("conversations.rate", "said how the conversation was", ActGroup.People),
        new("conversations.keep_snippet", "kept a snippet", ActGroup.Settings),
        new("conversations.delete_snippet", "deleted a snippet", ActGroup.Settings),
        new("conversations.restore_snippet", "brought back a snippet", ActGroup.Settings),
        new("conversations.keep_view", "kept a view of the inbox", ActGroup.Settings),
        new("conversations.delete_view", "deleted a view of the inbox", ActGroup.Settings),
        new("conversations.restore_view", "brought back a view of the inbox", ActGroup.Settings),
        new("conversations.press_snippet", "used a snippet in the conversation with {about}", ActGroup.People, "conversation"),
        new("conversations.keep_chat", "changed the web chat", ActGroup.Settings),
        new("conversations.read", "read the conversation with {about}", ActGroup.Look, "conversation"),
        new("conversations.list", "looked at the list of conversations", ActGroup.Look),
        new("conversations.new_message", "began to write to a contact", ActGroup.Look),
        new("operator.try_mail", "had a mail read again that was not understood", ActGroup.Settings),
        new("operator.delete_mail", "deleted a mail that was not understood", ActGroup.Settings),
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        foreach (var kind in ConversationNotices.Kinds)
            services.AddSingleton(kind);
        services.AddConversationTriggers();
        AddOwn(services.AddChat(configuration).AddConversationActivities(), configuration);
    }

    private static void AddOwn(IServiceCollection services, IConfiguration configuration) => services
        .AddScoped<Colleagues>()
        .AddScoped<ConversationNews>()
        .AddScoped<Deliveries>()
        .AddScoped<InboundMail>()
        .AddScoped<Inbox>()
        .AddScoped<MailIntake>()
        .AddScoped<UnderstandMail>()
        .AddScoped<KeptMails>()
        .AddSingleton(new DeskPart(30, typeof(DeskKeptMail)))
        .AddHourly<KeptMailTidying>((configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal))
        .AddScoped<Drafts>()
        .AddScoped<LaterTimes>()
        .AddScoped<Mentions>()
        .AddScoped<Snippets>().AddScoped<SnippetFiles>().AddScoped<AnswerFiles>()
        .AddScoped<StaleAnswer>()
        .AddScoped<RepliesEnd>()
        .AddScoped<UseSnippet>()
        .AddScoped<MovedMessages>().AddScoped<InboxViews>().AddScoped<ViewRows>()
        .AddScoped<IKnowWhoLooks, WhoLooks>()
        .AddLivePart<ConversationPresence>(ConversationPresence.Part, "conversations.read", nameof(ConversationPresence.Conversation), key => ConversationPresence.TopicOf(Guid.Parse(key)))
        .AddScoped<Contracts.IWriteIn, WriteIn>()
        .AddScoped<MessageFiles>().AddScoped<TextFiles>()
        .AddScoped<AnswerWriter>().AddScoped<InboxRules>().AddScoped<InboxSettings>().AddScoped<Ratings>()
        .AddScoped<MessageSeal>()
        .AddScoped<MessageWords>()
        .AddScoped<ReadConversations>()
        .AddScoped<ReadMessages>()
        .AddScoped<ReplyChannels>()
        .AddScoped<ILetterWords, ReplyWords>()
        .AddLivePart<ConversationList>(ConversationList.Part, "conversations.read", ConversationList.Parameters, _ => ConversationNews.Any)
        .AddLivePart<ConversationHead>(ConversationHead.Part, "conversations.read", ConversationThread.Parameters, ConversationThread.Topic)
        .AddLivePart<ConversationThread>(ConversationThread.Part, "conversations.read", ConversationThread.Parameters, ConversationThread.Topic)
        .AddSingleton(new TodayPart(12, typeof(TodayConversations)) { Permission = "conversations.read" })
        .AddSingleton(new ContactPart(10, typeof(ContactConversation)) { Permission = "conversations.read", WhenDeleted = "The conversation leaves the inbox, and comes back with the contact." })
        .AddScoped<ITimelineSource, ConversationTimeline>()
        .AddSingleton<IContactTies, ConversationTies>().AddSingleton<IMergesContacts, JoinConversations>()
        .AddScoped<INameThings, ConversationNames>()
        .AddScoped<IAccountPart, ConversationsPart>()
        .AddSingleton(new StaysBehind("what people wrote, and people never travel", typeof(Data.Conversation), typeof(Data.Message), typeof(Data.MessageWord), typeof(Data.KeptMail), typeof(Data.ChatSession), typeof(Data.Mention), typeof(Data.Draft), typeof(Data.Presence), typeof(Data.MessageFile), typeof(Data.Rating), typeof(Data.ConversationMerge)))
        .AddSingleton(new StaysBehind("each account has its own websites, people and hours, and answers in its own words", typeof(Data.ChatSetting), typeof(Data.ChatDoor), typeof(Data.InboxSetting), typeof(Data.InboxView), typeof(Data.Snippet), typeof(Data.SnippetFile)));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapListConversations();
        routes.MapReadMessages();
        routes.MapWriteMessage();
        routes.MapBeginConversation();
        routes.MapCloseConversation();
        routes.MapReopenConversation();
        routes.MapAssignConversation();
        routes.MapConversationPosts();
        routes.MapSplitConversation();
        routes.MapMergeConversation();
        routes.MapSnippets();
        routes.MapInboxViews();
        routes.MapKeepInbox();
        routes.MapMessageFiles();
        routes.MapKeepDraft();
        routes.MapShowPresence();
        routes.MapMeasureAnswer();
        routes.MapChat();
        routes.MapChatPreview();
    }
}
