using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Privacy.Data;

public static class PrivacyDb
{
    extension(PluraDb db)
    {
        public DbSet<ConsentEvent> ConsentEvents => db.Set<ConsentEvent>();

        public DbSet<ConsentMember> ConsentMembers => db.Set<ConsentMember>();

        public DbSet<ConsentWording> ConsentWordings => db.Set<ConsentWording>();

        public DbSet<ConsentState> ConsentStates => db.Set<ConsentState>();

        public DbSet<Suppression> Suppressions => db.Set<Suppression>();

        public DbSet<GateSetting> GateSettings => db.Set<GateSetting>();

        public DbSet<Decision> Decisions => db.Set<Decision>();

        public DbSet<AuditEntry> AuditEntries => db.Set<AuditEntry>();

        public DbSet<OperatorAuditEntry> OperatorAuditEntries => db.Set<OperatorAuditEntry>();
    }
}
