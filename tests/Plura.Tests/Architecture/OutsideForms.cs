namespace Plura.Tests.Architecture;

/// <summary>
/// The forms of pages outside any account (a person's own, an agency's and the operator's desk, links in letters) with the act under which
/// the log keeps them: the installation's, unless <see cref="InTheAccount"/> or <see cref="InBoth"/> says otherwise.
/// </summary>
internal static class OutsideForms
{
    public static readonly Dictionary<string, string> All = new(StringComparer.Ordinal)
    {
        ["SignUpPage sign-up"] = "account.sign_up",
        ["ConfirmEmailPage confirm-email"] = "account.confirm_email",
        ["SignInPage sign-in"] = "account.sign_in",
        ["SignInPage sign-in-passkey"] = "account.sign_in",
        ["EnterCodePage enter-code"] = "account.sign_in",
        ["ForgotPasswordPage forgot"] = "account.forgot_password",
        ["ResetPasswordPage reset"] = "account.change_password",
        ["JoinPage join"] = "account.join",
        ["JoinPage accept"] = "account.join",
        ["NotMePage not-me"] = "account.not_me",
        ["ConfirmNewEmailPage confirm-new-email"] = "account.change_email",
        ["StopEmailChangePage stop-email-change"] = "account.stop_email_change",
        ["ConfirmItIsYouPage confirm-password"] = "account.confirm_it_is_you",
        ["ConfirmItIsYouPage confirm-code"] = "account.confirm_it_is_you",
        ["ConfirmItIsYouPage confirm-passkey"] = "account.confirm_it_is_you",
        ["ContactPage write"] = "sites.write_to_us",
        ["RatePage rate"] = "conversations.rate",
        ["ProfilePage profile"] = "account.edit_profile",
        ["YourAccountsPage leave"] = "account.leave",
        ["LeavePage delete-sign-in"] = "account.delete_sign_in",
        ["ChangeEmailPage change-email"] = "account.ask_email_change",
        ["NotificationsPage notifications"] = "account.choose_notices",
        ["NotificationsPage allow-push"] = "account.allow_push",
        ["NotificationsPage end-push"] = "account.end_push",
        ["ChangePasswordPage change-password"] = "account.change_password",
        ["AuthenticatorPage set-up-authenticator"] = "account.change_sign_in",
        ["AuthenticatorPage new-codes"] = "account.change_sign_in",
        ["AuthenticatorPage turn-off"] = "account.change_sign_in",
        ["PasskeysPage add-passkey"] = "account.change_sign_in",
        ["PasskeysPage rename"] = "account.rename_passkey",
        ["PasskeysPage remove"] = "account.change_sign_in",
        ["OtherDoorPage connect"] = "account.change_sign_in",
        ["OtherDoorPage disconnect"] = "account.change_sign_in",
        ["SessionsPage end-session"] = "account.end_sessions",
        ["SessionsPage end-others"] = "account.end_sessions",
        ["CreateAccountPage create-account"] = "agency.create_account",
        ["AgencyAccountPage offer-account"] = "agency.offer_account",
        ["AgencyAccountPage close-account"] = "agency.close_account",
        ["AgencyAccountPage reopen-account"] = "agency.reopen_account",
        ["AgencyAccountPage pause-account"] = "agency.pause_account",
        ["AgencyAccountPage resume-account"] = "agency.resume_account",
        ["AgencyPeoplePage put-at-desk"] = "agency.put_at_desk",
        ["AgencyPeoplePage role"] = "agency.put_at_desk",
        ["AgencyPeoplePage leave"] = "agency.take_from_desk",
        ["BrandPage brand"] = "agency.edit_brand",
        ["BrandPage check-mail-domain"] = "agency.check_mail_domain",
        ["BrandPage claim-host"] = "agency.claim_host",
        ["BrandPage check"] = "agency.confirm_host",
        ["BrandPage drop"] = "agency.drop_host",
        ["AppsPage new-app"] = "agency.keep_app",
        ["AppPage app"] = "agency.keep_app",
        ["AppPage app-secret"] = "agency.app_secret",
        ["AppPage delete-app"] = "agency.delete_app",
        ["AgencySnapshotsPage save-snapshot"] = "account.save_snapshot",
        ["AgencySnapshotsPage upload-snapshot"] = "account.upload_snapshot",
        ["AgencySnapshotPage stamp-snapshot"] = "agency.stamp_snapshot",
        ["AgencySnapshotPage delete-snapshot"] = "account.delete_snapshot",
        ["OperatorAccountPage stop-account"] = "operator.stop_account",
        ["OperatorAccountPage vouch"] = "operator.vouch",
        ["ReviewPage decide-stop"] = "operator.release_account",
        ["AnnouncementsPage announce"] = "account.announce",
        ["AnnouncementsPage end-announcement"] = "account.end_announcement",
        ["OperatorHostsPage confirm"] = "agency.confirm_host",
        ["OperatorUnclearPage one"] = "operator.resolve_unclear",
        ["OperatorStrangersPage settle-strangers"] = "operator.settle_strangers",
        ["KeptMailPage try"] = "operator.try_mail",
        ["KeptMailPage delete"] = "operator.delete_mail",
        ["OperatorWorkPage retry"] = "operator.retry_work",
        ["OperatorWorkPage retry-all"] = "operator.retry_work",
    };

    /// <summary>What is done to an account's people stands in the account's own log.</summary>
    public static readonly HashSet<string> InTheAccount = new(["JoinPage join", "JoinPage accept", "YourAccountsPage leave", "NotificationsPage notifications", "NotificationsPage allow-push", "NotificationsPage end-push", "ContactPage write", "RatePage rate"], StringComparer.Ordinal);

    /// <summary>What a desk does to an account stands in both: one entry in each.</summary>
    public static readonly HashSet<string> InBoth = new(
        ["CreateAccountPage create-account", "AgencyAccountPage offer-account", "AgencyAccountPage pause-account", "AgencyAccountPage resume-account", "AgencyAccountPage close-account", "AgencyAccountPage reopen-account", "OperatorUnclearPage one", "AgencySnapshotsPage save-snapshot", "AgencySnapshotPage stamp-snapshot",
            "OperatorAccountPage stop-account", "OperatorAccountPage vouch", "ReviewPage decide-stop"], StringComparer.Ordinal);

    /// <summary>Those that are not carried out as the others are, and why.</summary>
    public static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["OperatorWorkPage retry"] = "needs work that was given up; OperatorPagesTests presses its button",
        ["OperatorWorkPage retry-all"] = "needs work that was given up; OperatorPagesTests presses its button",
    };

    /// <summary>An entry that names neither who did it nor whom it is about, and why.</summary>
    public static readonly Dictionary<string, string> Nameless = new(StringComparer.Ordinal)
    {
        ["ContactPage write"] = "a visitor writes, and nobody is known",
        ["RatePage rate"] = "whoever has the address says it, and nobody is known",
    };
}
