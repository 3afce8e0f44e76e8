using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>The module's sets, visible only to files that import this namespace.</summary>
public static class ConversationsDb
{
    extension(PluraDb db)
    {
        public DbSet<Conversation> Conversations => db.Set<Conversation>();

        public DbSet<Message> Messages => db.Set<Message>();

        public DbSet<MessageWord> MessageWords => db.Set<MessageWord>();

        public DbSet<Snippet> Snippets => db.Set<Snippet>();

        public DbSet<SnippetFile> SnippetFiles => db.Set<SnippetFile>();

        public DbSet<InboxView> InboxViews => db.Set<InboxView>();

        public DbSet<Mention> Mentions => db.Set<Mention>();

        public DbSet<Draft> Drafts => db.Set<Draft>();

        public DbSet<Presence> Presences => db.Set<Presence>();

        public DbSet<InboxSetting> InboxSettings => db.Set<InboxSetting>();

        public DbSet<Rating> Ratings => db.Set<Rating>();

        public DbSet<MessageFile> MessageFiles => db.Set<MessageFile>();

        public DbSet<KeptMail> KeptMails => db.Set<KeptMail>();

        public DbSet<ConversationMerge> ConversationMerges => db.Set<ConversationMerge>();

        /// <summary>Those whose contact is there, and not in the bin, and that did not become one with another.</summary>
        public IQueryable<Conversation> LiveConversations => db.Set<Conversation>().Where(c => c.ContactGoneAt == null && c.JoinedInto == null);

        public async Task<Result<Conversation>> FindConversation(Guid id, CancellationToken ct) =>
            await db.LiveConversations.SingleOrDefaultAsync(c => c.Id == id, ct) is { } found ? found : ConversationRefusals.Missing;
    }
}

public static class ConversationRefusals
{
    public static Refusal Missing => Refusal.NotFound("conversation.missing", "This conversation does not exist, or its contact was deleted.");

    public static Refusal ChangedElsewhere => Refusal.Conflict("conversation.changed_elsewhere", "Something happened in this conversation a moment ago, so yours was not done. You see now how it stands; do it again if it is still right.");

    public static Refusal AnotherOpen => Refusal.Conflict("conversation.another_open", "This contact has another conversation that is open. Go on in that one.");

    public static Refusal Taken(string name) => Refusal.Conflict("conversation.taken", $"{name} has this conversation. Ask them, or give it to yourself on purpose.");
}
