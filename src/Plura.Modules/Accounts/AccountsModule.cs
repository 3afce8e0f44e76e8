using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Accounts;

/// <summary>Agencies, accounts (= tenants), people, sign-in, API tokens; the only place that may act across tenants.</summary>
public sealed class AccountsModule : IModule
{
    public string Name => "Accounts";

    public IEnumerable<NavigationEntry> Navigation =>
    [
        new(10, "Today", "", "home", "account.use"),
        new(90, "Settings", "settings", "settings", "account.settings"),
        new(10, "Business", "", "building-store", "account.settings") { Area = Area.Settings },
        new(20, "People", "people", "users", "account.people") { Area = Area.Settings },
        new(21, "Teams", "teams", "users-group", "account.people") { Area = Area.Settings },
        new(22, "Roles", "roles", "shield-check", "account.roles") { Area = Area.Settings },
        new(80, "API tokens", "tokens", "key", "account.tokens") { Area = Area.Settings },
        new(81, "Connected apps", "apps", "plug-connected", "account.tokens") { Area = Area.Settings },
        new(90, "Unfinished work", "unfinished", "refresh-alert", "account.settings") { Area = Area.Settings },
        new(75, "Snapshots", "snapshots", "copy", "account.snapshots") { Area = Area.Settings },
        new(30, "Snapshots", "snapshots", "copy", "agency.snapshots") { Area = Area.Agency },
        new(94, "Take your data out", "take-out", "download", "account.export") { Area = Area.Settings },
        new(95, "Close this account", "close", "lock", "account.close") { Area = Area.Settings },
        new(70, "Support access", "support", "lifebuoy", "account.grants") { Area = Area.Settings },
        new(10, "You", "", "user-circle", "") { Area = Area.Me },
        new(60, "Your accounts", "accounts", "building-store", "") { Area = Area.Me },
        new(20, "Notifications", "notifications", "bell", "") { Area = Area.Me },
        new(25, "Sign-in and security", "security", "shield-lock", "") { Area = Area.Me },
        new(30, "Password", "password", "password", "") { Area = Area.Me },
        new(50, "Devices", "sessions", "devices", "") { Area = Area.Me },
        new(10, "Accounts", "", "building-store", "agency.use") { Area = Area.Agency },
        new(20, "Support", "support", "lifebuoy", "agency.support") { Area = Area.Agency },
        new(70, "People", "people", "users", "agency.people") { Area = Area.Agency },
        new(80, "Look", "brand", "palette", "agency.brand") { Area = Area.Agency },
        new(50, "Apps", "apps", "plug-connected", "agency.apps") { Area = Area.Agency },
        new(10, "Overview", "", "heartbeat", "operator.desk") { Area = Area.Operator },
        new(20, "Accounts", "accounts", "building-store", "operator.accounts") { Area = Area.Operator },
        new(30, "Review", "review", "flag", "operator.review") { Area = Area.Operator },
        new(40, "Work", "work", "refresh-alert", "operator.work") { Area = Area.Operator },
        new(50, "Providers", "providers", "plug-connected", "operator.desk") { Area = Area.Operator },
        new(60, "Support", "support", "lifebuoy", "operator.support") { Area = Area.Operator },
        new(70, "Host names", "hosts", "world", "operator.hosts") { Area = Area.Operator },
        new(80, "Announcements", "announcements", "speakerphone", "operator.announce") { Area = Area.Operator },
    ];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("account.use", "Open the account", PermissionLevel.Look),
        new("account.settings", "Change the business's settings", PermissionLevel.Manage),
        new("account.people", "Invite people, give them roles, make teams", PermissionLevel.Manage) { WholeAccount = true },
        new("account.roles", "Make and change the account's own roles", PermissionLevel.Manage) { WholeAccount = true },
        new("account.tokens", "Let other programs in, with API tokens or as connected apps", PermissionLevel.Manage) { WholeAccount = true },
        new("account.export", "Take everything out of the account as one file", PermissionLevel.Own) { WhenClosed = true, WholeAccount = true },
        new("account.snapshots", "Save the account’s set-up, and put one on it", PermissionLevel.Own) { WholeAccount = true },
        new("account.close", "Close the account, and open it again", PermissionLevel.Own) { WhenClosed = true, WholeAccount = true },
        new("account.grants", "Let the agency or the operator in for a time", PermissionLevel.Own) { WholeAccount = true },
        new("account.answer", "Answer when whoever runs the installation stopped the account", PermissionLevel.Manage) { WhenClosed = true, WholeAccount = true },
        new("agency.use", "See the agency's accounts and how they stand", PermissionLevel.Look) { Area = Area.Agency },
        new("agency.support", "Come into accounts that let the agency in", PermissionLevel.Work) { Area = Area.Agency },
        new("agency.accounts", "Open, pause and resume accounts", PermissionLevel.Manage) { Area = Area.Agency },
        new("agency.people", "Say who works at the agency's desk", PermissionLevel.Own) { Area = Area.Agency },
        new("agency.snapshots", "Save set-ups and stamp them on accounts", PermissionLevel.Manage) { Area = Area.Agency },
        new("agency.brand", "Change the agency's name, logo, colours, mail domain and host names", PermissionLevel.Manage) { Area = Area.Agency },
        new("agency.apps", "Make apps that accounts can connect", PermissionLevel.Manage) { Area = Area.Agency },
        new("operator.desk", "See how the installation is", PermissionLevel.Look) { Area = Area.Operator },
        new("operator.accounts", "See accounts and agencies by their numbers, and stop one", PermissionLevel.Manage) { Area = Area.Operator },
        new("operator.review", "Decide about accounts that were held or stopped", PermissionLevel.Manage) { Area = Area.Operator },
        new("operator.work", "Have failed work of any account tried again", PermissionLevel.Manage) { Area = Area.Operator },
        new("operator.announce", "Announce something to people", PermissionLevel.Manage) { Area = Area.Operator },
        new("operator.support", "Come into accounts that let the operator in", PermissionLevel.Work) { Area = Area.Operator },
        new("operator.hosts", "Confirm agencies' host names", PermissionLevel.Manage) { Area = Area.Operator },
    ];

    public IEnumerable<ActWords> Acts =>
    [
        new("account.create_token", "let a program in with the token {about}", ActGroup.Access, "token"),
        new("account.rotate_token", "renewed the token {about}", ActGroup.Access, "token"),
        new("account.end_old_token", "ended what the token {about} had been before", ActGroup.Access, "token"),
        new("account.revoke_token", "ended the token {about}", ActGroup.Access, "token"),
        new("account.connect_app", "let the app {about} in", ActGroup.Access, "app"),
        new("account.disconnect_app", "disconnected the app {about}", ActGroup.Access, "app"),
        new("account.sign_up", "signed up as {about}", ActGroup.Access, "person"),
        new("account.sign_up_known", "wanted to sign up with the address of {about}, who is here already", ActGroup.Access, "person"),
        new("account.confirm_email", "confirmed the e-mail address of {about}", ActGroup.Access, "person"),
        new("account.sign_in", "signed in as {about}", ActGroup.Access, "person"),
        new("account.sign_in_failed", "tried to sign in as {about} and did not know the password", ActGroup.Access, "person"),
        new("account.sign_in_unconfirmed", "could not sign in as {about}, whose e-mail address is not confirmed", ActGroup.Access, "person"),
        new("account.ask_code", "knew the first step into {about}’s sign-in and was asked for a code", ActGroup.Access, "person"),
        new("account.code_failed", "entered a wrong code for {about}", ActGroup.Access, "person"),
        new("account.passkey_failed", "showed a passkey that opens nothing here", ActGroup.Access),
        new("account.password_failed", "was asked once more for the password of {about} and did not know it", ActGroup.Access, "person"),
        new("account.confirm_failed", "was asked to prove that they are {about} and could not", ActGroup.Access, "person"),
        new("account.change_sign_in", "changed how {about} signs in", ActGroup.Access, "person"),
        new("account.change_password", "gave {about} another password", ActGroup.Access, "person"),
        new("account.unlock_person", "turned the authenticator app of {about} off and sent a link for a new password", ActGroup.Access, "person"),
        new("account.change_email", "gave {about} another e-mail address", ActGroup.Access, "person"),
        new("account.add_passkey", "added a passkey", ActGroup.Access),
        new("account.rename_passkey", "renamed a passkey", ActGroup.Access),
        new("account.remove_passkey", "removed a passkey", ActGroup.Access),
        new("account.set_up_authenticator", "set up an authenticator app", ActGroup.Access),
        new("account.turn_off_authenticator", "turned the authenticator app off", ActGroup.Access),
        new("account.make_recovery_codes", "made new recovery codes", ActGroup.Access),
        new("account.connect_other_door", "let another sign-in lead to theirs", ActGroup.Access),
        new("account.disconnect_other_door", "ended another way of signing in", ActGroup.Access),
        new("account.sign_in_with_passkey", "signed in with a passkey", ActGroup.Access),
        new("account.enter_by_introduction", "signed in by another door", ActGroup.Access),
        new("account.enter_code", "entered the code of an authenticator app", ActGroup.Access),
        new("account.confirm_it_is_you", "confirmed who they are", ActGroup.Access),
        new("account.forgot_password", "asked for a link to give {about} a new password", ActGroup.Access, "person"),
        new("account.not_me", "said by the link in a letter that a sign-in as {about} was somebody else’s", ActGroup.Access, "person"),
        new("account.ask_email_change", "wants to give {about} another e-mail address", ActGroup.Access, "person"),
        new("account.stop_email_change", "stopped a change of {about}’s e-mail address", ActGroup.Access, "person"),
        new("account.end_sessions", "signed out other devices", ActGroup.Access),
        new("account.edit_profile", "changed their profile", ActGroup.Settings),
        new("account.choose_notices", "chose what they are told, and when they may be disturbed", ActGroup.Settings),
        new("account.choose_notice_hours", "chose when they may be disturbed", ActGroup.Settings),
        new("account.allow_push", "turned notifications on for a device", ActGroup.Access),
        new("account.end_push", "turned notifications off for a device", ActGroup.Access),
        new("account.push_here", "signed in again on a device that gets notifications", ActGroup.Access),
        new("account.edit_business_details", "changed the business’s details", ActGroup.Settings),
        new("account.read_notice", "put a notice away", ActGroup.Settings),
        new("account.invite", "invited {about}", ActGroup.Access, "invitation"),
        new("account.invite_again", "sent the invitation of {about} again", ActGroup.Access, "invitation"),
        new("account.withdraw_invitation", "withdrew the invitation of {about}", ActGroup.Access, "invitation"),
        new("account.join", "joined by an invitation as {about}", ActGroup.Access, "person"),
        new("account.change_person", "changed what {about} may do", ActGroup.Access, "person"),
        new("account.remove_person", "took {about} out of the account", ActGroup.Access, "person"),
        new("account.leave", "left the account", ActGroup.Access),
        new(DeleteSignInHandler.Act, "deleted the sign-in of {about}", ActGroup.Access, "person"),
        new(PeopleEnd.SignUpAct, "deleted a sign-up that nobody confirmed", ActGroup.Access),
        new(PeopleEnd.AgencyAct, "deleted an agency that looked after nobody any more", ActGroup.Access),
        new("account.keep_role", "made or changed the role {about}", ActGroup.Access, "role"),
        new("account.delete_role", "deleted a role", ActGroup.Access),
        new("account.keep_team", "made or changed the team {about}", ActGroup.Access, "team"),
        new("account.delete_team", "deleted a team", ActGroup.Access),
        new("account.take_over", "took the account over as its owner {about}", ActGroup.Access, "person"),
        new("agency.create_account", "opened the account", ActGroup.Access),
        new("agency.offer_account", "asked an owner to take the account over", ActGroup.Access),
        new("agency.pause_account", "paused the account", ActGroup.Access),
        new("agency.close_account", "closed the account, which nobody had taken over", ActGroup.Access),
        new("agency.reopen_account", "opened the account again", ActGroup.Access),
        new("agency.resume_account", "let the account go on", ActGroup.Access),
        new("agency.put_at_desk", "let {about} work at the agency's desk", ActGroup.Access, "person"),
        new("agency.take_from_desk", "took {about} from the agency's desk", ActGroup.Access, "person"),
        new("agency.edit_brand", "changed the agency's look", ActGroup.Settings),
        new("agency.claim_host", "claimed a host name", ActGroup.Settings),
        new("agency.confirm_host", "confirmed a host name", ActGroup.Settings),
        new("agency.drop_host", "gave a host name up", ActGroup.Settings),
        new("agency.check_mail_domain", "looked at the record of the agency's mail domain", ActGroup.Settings),
        new(MailDomainWatch.Found, "found the record of an agency's mail domain", ActGroup.Settings),
        new(MailDomainWatch.Lost, "found the record of an agency's mail domain gone", ActGroup.Settings),
        new("agency.keep_app", "made or changed an app", ActGroup.Access),
        new("agency.app_secret", "made a new secret for an app", ActGroup.Access),
        new("agency.delete_app", "deleted an app", ActGroup.Access),
        new("account.save_snapshot", "saved the set-up of the account", ActGroup.Settings),
        new("account.upload_snapshot", "uploaded a set-up", ActGroup.Settings),
        new("account.delete_snapshot", "deleted a saved set-up", ActGroup.Settings),
        new(Stamp.Act, "put a set-up on the account", ActGroup.Settings),
        new("agency.stamp_snapshot", "put a set-up on the account", ActGroup.Settings),
        new("account.export", "took everything out of the account as a file", ActGroup.TakeOut),
        new("account.close", "closed the account", ActGroup.Access),
        new("account.reopen", "opened the account again", ActGroup.Access),
        new(AccountEnds.Act, "deleted an account whose time was over", ActGroup.Access),
        new("support.grant", "let support in for a time", ActGroup.Access),
        new("support.end", "ended the access of support", ActGroup.Access),
        new("support.enter", "came in as support", ActGroup.Access),
        new("support.leave", "left as support", ActGroup.Access),
        new("account.answer_stop", "answered to a stop", ActGroup.Access),
        new("account.announce", "announced something", ActGroup.Settings),
        new("account.end_announcement", "ended an announcement", ActGroup.Settings),
        new("account.close_announcement", "closed an announcement", ActGroup.Settings),
        new("account.list_people", "looked at the account’s people", ActGroup.Look),
        new("agency.list_people", "looked at who works at the agency’s desk", ActGroup.Look),
        new("agency.read_account", "looked at the account {about} at the agency’s desk", ActGroup.Look, "account"),
        new("operator.list_sign_ups", "looked at who signed up", ActGroup.Look),
        new("operator.read_account", "looked at the account {about} at the operator’s desk", ActGroup.Look, "account"),
        new("operator.hold_account", "held the messages of {about} because of signals", ActGroup.Access, "account"),
        new("operator.stop_account", "stopped the sending of {about}", ActGroup.Access, "account"),
        new("operator.release_account", "let {about} send again", ActGroup.Access, "account"),
        new("operator.keep_stop", "looked at the stop of {about} and left it", ActGroup.Access, "account"),
        new("operator.vouch", "vouched for {about}", ActGroup.Access, "account"),
        new("operator.vouch_no_more", "vouched for {about} no more", ActGroup.Access, "account"),
        new("operator.retry_work", "had unfinished work tried again at the operator’s desk", ActGroup.Settings),
        new("account.retry_work", "had unfinished work tried again", ActGroup.Settings),
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OperatorOptions>().BindConfiguration(OperatorOptions.Section);
        services.AddPluraIdentity(configuration);
        services.AddScoped<IAccountDirectory, AccountDirectory>();
        services.AddScoped<INotices, Notices>().AddScoped<OpenNotices>().AddScoped<NoticeWords>().AddSingleton<NoticeReaders>().AddScoped<NoticeTimes>().AddScoped<NoticeLetters>().AddScoped<PushDevices>().AddScoped<PushNotice>();
        services.AddScoped<INameThings, PersonNames>().AddScoped<INameThings, TokenNames>().AddScoped<INameThings, AppNames>().AddScoped<INameThings, AccountNames>()
            .AddScoped<INameThings, RoleNames>().AddScoped<INameThings, TeamNames>().AddScoped<INameThings, InvitationNames>();
        services.AddSingleton<NoticeBook>().AddSingleton(new NoticeKind(DeadLetters.Notice, "Work in the background did not finish", MailToOwners: true)).AddSingleton(new NoticeKind(Invitations.Joined, "Somebody joined by an invitation", MailToOwners: false));
        foreach (var kind in TokenNotices.Kinds.Append(AppNotices.Kind))
            services.AddSingleton(kind);
        services.AddSessionCookies();
        services.AddScoped<OpenSessions>().AddScoped<KnownDevices>().AddScoped<ThisDevice>().AddScoped<DoorsSince>().AddScoped<OwnPassword>().AddScoped<PasswordResets>().AddScoped<WaysIn>().AddScoped<LetterPace>();
        services.AddSingleton<LetterKeys>().AddScoped<IAccountLetters, AccountLetters>();
        services.AddScoped<AccountZip>().AddScoped<TableRows>().AddScoped<IAccountPart, AccountsPart>();
        services.AddSnapshots();
        var worker = (configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal);
        services.AddHourly<SignInTidying>(worker).AddHourly<TokenWatch>(worker).AddHourly<AppTidying>(worker).AddHourly<AccountEnds>(worker).AddHourly<MailDomainWatch>(worker).AddHourly<PeopleEnd>(worker).AddHourly<NoticeTidying>(worker);
        services.AddScoped<Placeless>().AddScoped<Ties>();
        services.AddScoped<OfferedAccounts>();
        services.AddOAuthServer();
        services.AddScoped<MemberPowers>().AddScoped<IMemberSights, MemberSights>().AddSingleton<ScopeBook>().AddSingleton<CallLimits>();
        services.AddSingleton<CallTally>().AddHostedService(sp => sp.GetRequiredService<CallTally>());
        services.AddScoped<IDemoAccount, DemoAccount>().AddSingleton<IDemoAccounts, DemoAccounts>();
        services.AddSingleton<InvitationLinks>();
        services.AddSingleton<NetworkKeys>().AddSingleton<DisposableDomains>().AddSingleton<IMisuse, Misuse>().AddScoped<StopLetters>().AddScoped<WatchSignIns>();
        services.AddSingleton(new NoticeKind(GrantSupportHandler.Notice, "Somebody let support in", MailToOwners: true));
        services.AddSingleton(new NoticeKind(Misuse.Notice, "Whoever runs the installation stopped or released the account", MailToOwners: false));
        services.AddScoped<DeskAccounts>().AddScoped<ReviewBook>().AddScoped<Wellbeing>().AddSingleton<ProviderPulses>();
        services.AddScoped<RoleChoices>().AddScoped<Standing>().AddScoped<PeopleBook>().AddScoped<Invitations>().AddScoped<InviterStanding>().AddScoped<InvitationLimits>().AddScoped<AgencyAge>();
        services.AddScoped<AccountLines>().AddScoped<UntakenAccounts>().AddScoped<BothLogs>().AddScoped<AccountOffers>().AddScoped<AgencyPeople>();
        services.AddScoped<SupportDesk>().AddScoped<SupportDoor>().AddScoped<SupportStory>();
        services.AddScoped<IAgencyBrands, AgencyBrands>().AddScoped<MailDomains>().AddScoped<AgencyHomes>().AddScoped<MyPlaces>();
        services.AddScoped<Slugs>().AddScoped<CurrentAgency>();
        services.AddScoped<Tries>().AddScoped<PasswordHashes>().AddScoped<Passwords>().AddScoped<NextStep>().AddScoped<HalfWay>();
        services.AddScoped<SecondFactor>().AddScoped<SetupKeys>().AddScoped<Passkeys>().AddScoped<Introductions>().AddScoped<AgeLock>().AddScoped<SignInLetters>().AddScoped<HeldForms>();
        services.AddSingleton<RoleBook>().AddSingleton<Operators>();
        services.AddSingleton<IStartupStep, OperatorAccount>().AddSingleton<IStartupStep, PushKey>();
        services.AddSingleton<ICommand, CreateTokenCommand>().AddSingleton<ICommand, UnlockPersonCommand>().AddSingleton<ICommand, JobsCommand>().AddSingleton<ICommand, RetryJobsCommand>();
        services.AddLivePart<StandingLines>(StandingLines.Part, "account.use", _ => new Dictionary<string, object?>(StringComparer.Ordinal), _ => Stay.Topic);
        services.AddLivePart<UnfinishedWork>(UnfinishedWork.Part, "account.settings", slug => new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(UnfinishedWork.Account)] = slug }, _ => DeadLetters.Topic);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        SignOut.Map(routes);
        OpenDemo.Map(routes);
        ReadNotice.Map(routes);
        routes.MapPushHere();
        routes.MapCloseAnnouncement();
        routes.MapRetryWork();
        routes.MapPasskeys();
        routes.MapOtherDoors();
        RecoveryCodeFile.Map(routes);
        routes.MapExportAccount();
        routes.MapSnapshotFiles();
        routes.MapSupport();
        routes.MapBrand();
        routes.MapOAuth();
    }
}
