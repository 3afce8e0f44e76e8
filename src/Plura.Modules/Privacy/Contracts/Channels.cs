namespace Plura.Privacy.Contracts;

/// <summary>The words that consent, suppression, sends and the API share. Stored as text.</summary>
public static class Channels
{
    public const string Email = "email";
    public const string Sms = "sms";

    /// <summary>The web chat: an answer on a connection that its reader opened. It has no addresses.</summary>
    public const string Chat = "chat";
}

public static class Topics
{
    /// <summary>Every topic of the channel: "all marketing e-mail from this business".</summary>
    public const string All = "all";
}

/// <summary>Why a message is sent: it decides which rules of the gate apply.</summary>
public static class Categories
{
    public const string Marketing = "marketing";
    public const string Transactional = "transactional";
    public const string Security = "security";

    /// <summary>The one mail that asks for consent (double opt-in).</summary>
    public const string ConsentRequest = "consent_request";

    /// <summary>The one text that says "you will get no more": sent after a withdrawal, once, and at once or never.</summary>
    public const string StopConfirmation = "stop_confirmation";

    /// <summary>The answer to somebody who texted HELP: who writes here, and how to end it. Goes also to whoever texted STOP.</summary>
    public const string HelpAnswer = "help_answer";
}

/// <summary>What happened to a permission.</summary>
public static class ConsentActs
{
    public const string Granted = "granted";
    public const string Denied = "denied";
    public const string Withdrawn = "withdrawn";

    /// <summary>The account says that it holds the permission (an import, the API); never overrides the person's own withdrawal.</summary>
    public const string Attested = "attested";

    /// <summary>An attestation was taken back (an import's undo).</summary>
    public const string Retracted = "retracted";

    /// <summary>The address was blocked; the source says why (see <see cref="SuppressionReasons"/>).</summary>
    public const string Suppressed = "suppressed";

    /// <summary>The block was lifted.</summary>
    public const string Lifted = "lifted";
}

/// <summary>By which door it happened.</summary>
public static class ConsentDoors
{
    public const string Form = "form";
    public const string DoubleOptIn = "double_opt_in";
    public const string OneClick = "one_click";
    public const string UnsubscribePage = "unsubscribe_page";
    public const string PreferencePage = "preference_page";
    public const string Import = "import";
    public const string Api = "api";
    public const string Staff = "staff";

    /// <summary>A text message of the person: STOP, START, or words that mean the same.</summary>
    public const string Text = "text";

    /// <summary>Said of another address of the same person, when two contacts became one.</summary>
    public const string Merge = "merge";

    /// <summary>A mail or telephone provider told us: a bounce, a complaint.</summary>
    public const string Provider = "provider";
}

public static class ProofLevels
{
    public const string None = "none";
    public const string Attested = "attested";
    public const string Proven = "proven";
}

/// <summary>Why an address is blocked whatever was consented.</summary>
public static class SuppressionReasons
{
    public const string HardBounce = "hard_bounce";
    public const string Complaint = "complaint";
    public const string Erased = "erased";
    public const string Blocked = "blocked";

    /// <summary>The person asked that their data be kept but not used.</summary>
    public const string Restricted = "restricted";
}
