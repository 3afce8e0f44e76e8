using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Accounts.Data;

public static class AccountsDb
{
    extension(PluraDb db)
    {
        public DbSet<Account> Accounts => db.Set<Account>();

        public DbSet<Agency> Agencies => db.Set<Agency>();

        public DbSet<User> Users => db.Set<User>();

        public DbSet<Membership> Memberships => db.Set<Membership>();

        public DbSet<Role> Roles => db.Set<Role>();

        public DbSet<Team> Teams => db.Set<Team>();

        public DbSet<TeamMember> TeamMembers => db.Set<TeamMember>();

        public DbSet<Invitation> Invitations => db.Set<Invitation>();

        public DbSet<AgencyMember> AgencyMembers => db.Set<AgencyMember>();

        public DbSet<Acceptance> Acceptances => db.Set<Acceptance>();

        public DbSet<ApiToken> ApiTokens => db.Set<ApiToken>();

        public DbSet<OAuthApp> OAuthApps => db.Set<OAuthApp>();

        public DbSet<AppConnection> AppConnections => db.Set<AppConnection>();

        public DbSet<AppToken> AppTokens => db.Set<AppToken>();

        public DbSet<Authenticator> Authenticators => db.Set<Authenticator>();

        public DbSet<RecoveryCode> RecoveryCodes => db.Set<RecoveryCode>();

        public DbSet<UserPasskey> UserPasskeys => db.Set<UserPasskey>();

        public DbSet<UserLogin> UserLogins => db.Set<UserLogin>();

        public DbSet<Session> Sessions => db.Set<Session>();

        public DbSet<Notice> Notices => db.Set<Notice>();

        public DbSet<NoticeReading> NoticeReadings => db.Set<NoticeReading>();

        public DbSet<NoticeChoice> NoticeChoices => db.Set<NoticeChoice>();

        public DbSet<NoticeDelivery> NoticeDeliveries => db.Set<NoticeDelivery>();

        public DbSet<NoticeHours> NoticeHours => db.Set<NoticeHours>();

        public DbSet<PushSubscription> PushSubscriptions => db.Set<PushSubscription>();

        public DbSet<KnownDevice> KnownDevices => db.Set<KnownDevice>();

        public DbSet<PasswordReset> PasswordResets => db.Set<PasswordReset>();

        public DbSet<EmailChange> EmailChanges => db.Set<EmailChange>();

        public DbSet<AccountPause> AccountPauses => db.Set<AccountPause>();

        public DbSet<AccountClosure> AccountClosures => db.Set<AccountClosure>();

        public DbSet<AccountSnapshot> AccountSnapshots => db.Set<AccountSnapshot>();

        public DbSet<AgencySnapshot> AgencySnapshots => db.Set<AgencySnapshot>();

        public DbSet<AccountStop> AccountStops => db.Set<AccountStop>();

        public DbSet<AccountAppeal> AccountAppeals => db.Set<AccountAppeal>();

        public DbSet<MisuseSignal> MisuseSignals => db.Set<MisuseSignal>();

        public DbSet<NetworkTrace> NetworkTraces => db.Set<NetworkTrace>();

        public DbSet<Announcement> Announcements => db.Set<Announcement>();

        public DbSet<AnnouncementReading> AnnouncementReadings => db.Set<AnnouncementReading>();

        public DbSet<SupportGrant> SupportGrants => db.Set<SupportGrant>();

        public DbSet<SupportGrantEnd> SupportGrantEnds => db.Set<SupportGrantEnd>();

        public DbSet<SupportVisit> SupportVisits => db.Set<SupportVisit>();

        public DbSet<AgencyBrand> AgencyBrands => db.Set<AgencyBrand>();

        public DbSet<AgencyLogo> AgencyLogos => db.Set<AgencyLogo>();

        public DbSet<AgencyHost> AgencyHosts => db.Set<AgencyHost>();
    }
}
