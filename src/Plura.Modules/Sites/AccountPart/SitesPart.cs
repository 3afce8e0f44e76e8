using Plura.Accounts.Contracts;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>Forms and what was sent in, in the file with everything.</summary>
internal sealed class SitesPart : IAccountPart
{
    public string Folder => "sites";

    public IReadOnlyList<TakenTable> Tables { get; } =
    [
        TakenTable.Of<Form>("forms", "Sign-up forms.", ("Id", "Its id"), ("Key", "Its address"), ("Name", "What you call it"), ("Title", "Its title"), ("Intro", "What stands above"), ("Fields", "What it asks, as JSON"), ("Consents", "The boxes with their wording, as JSON"), ("Tags", "Tags it gives, as JSON"), ("Button", "The button's words"), ("ThankYou", "What it says at the end"), ("DoubleOptIn", "Whether an e-mail must be confirmed"), ("Version", "How often it was changed"), ("CreatedAt", "Since when"), ("ClosedAt", "When it was closed")),
        TakenTable.Of<FormSubmission>("answers", "What visitors sent in.", ("Id", "Its id"), ("FormId", "The form, as in forms.csv"), ("ContactId", "The contact"), ("At", "When"), ("Answers", "What they wrote, as JSON"), ("Ticked", "Which boxes they ticked, as JSON"), ("Page", "On which page"), ("IpAddress", "From which network address"), ("UserAgent", "With which browser"), ("Visit", "Which visit"), ("WaitsFor", "The address that was to be confirmed"), ("ConfirmedAt", "When it was")),
        TakenTable.Of<VisitorMessage>("messages", "What visitors wrote by the contact page.", ("Id", "Its id"), ("At", "When"), ("Name", "Their name"), ("Email", "Their address"), ("Message", "What they wrote")),
    ];

    public IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string> { [typeof(PublicForm)] = "the addresses of the forms; they stand in forms.csv" };
}
