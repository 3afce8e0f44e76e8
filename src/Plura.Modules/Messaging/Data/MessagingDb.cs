using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Messaging.Data;

public static class MessagingDb
{
    extension(PluraDb db)
    {
        public DbSet<Content> Contents => db.Set<Content>();

        public DbSet<Send> Sends => db.Set<Send>();

        public DbSet<SendAttempt> SendAttempts => db.Set<SendAttempt>();

        public DbSet<SendHappening> SendHappenings => db.Set<SendHappening>();

        public DbSet<SendingDomain> SendingDomains => db.Set<SendingDomain>();

        public DbSet<DomainKey> DomainKeys => db.Set<DomainKey>();

        public DbSet<TransportLook> TransportLooks => db.Set<TransportLook>();

        public DbSet<Stranger> Strangers => db.Set<Stranger>();
    }
}
