using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Conversations.Data;

public static class ChatDb
{
    extension(PluraDb db)
    {
        public DbSet<ChatDoor> ChatDoors => db.Set<ChatDoor>();

        public DbSet<ChatSetting> ChatSettings => db.Set<ChatSetting>();

        public DbSet<ChatSession> ChatSessions => db.Set<ChatSession>();

        /// <summary>The visitor of a conversation who was heard of last; null where nobody chats in it.</summary>
        public Task<ChatSession?> LastVisitor(Guid conversation, CancellationToken ct) =>
            db.Set<ChatSession>().AsNoTracking().Where(s => s.ConversationId == conversation).OrderByDescending(s => s.HereAt).FirstOrDefaultAsync(ct);
    }
}
