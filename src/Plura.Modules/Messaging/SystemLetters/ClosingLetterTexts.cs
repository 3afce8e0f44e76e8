using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Letters to the owners of an account that is closed, about to be out of reach, or open again.</summary>
internal static class ClosingLetterTexts
{
    private const string Business = "{{ contact.fields.business }}";

    /// <summary>Null for a kind that is not one of these.</summary>
    public static (string Subject, string Category, string Html)? Of(string kind) => kind switch
    {
        "account_closing" => ($"{Business} is closed", Categories.Transactional, $$$"""
            {{{SystemLetterTexts.Greeting}}}
            <p>{{ contact.fields.by }} closed the account {{{Business}}}. Nothing is sent from it any more, and nothing in it changes.</p>
            <p>Until <strong>{{ contact.fields.until }}</strong> everybody in it can still look at everything, and you as an owner can take it out as a file, or open it again with one button. After that nobody comes in. On <strong>{{ contact.fields.purge }}</strong> everything in it is deleted for good.</p>
            {{{SystemLetterTexts.Button("Take it out, or open it again")}}}
            """),
        "account_grace_ends" => ($"{Business}: seven days left to look and take out", Categories.Transactional, $$$"""
            {{{SystemLetterTexts.Greeting}}}
            <p>The account {{{Business}}} is closed. On <strong>{{ contact.fields.until }}</strong> it can be looked at for the last time: after that nobody comes in any more, you neither, and it cannot be opened again.</p>
            <p>If there is something in it that you need, take it out before then: one file with everything. On {{ contact.fields.purge }} what is left is deleted for good.</p>
            {{{SystemLetterTexts.Button("Take it out, or open it again")}}}
            """),
        "account_reopened" => ($"{Business} is open again", Categories.Transactional, $$$"""
            {{{SystemLetterTexts.Greeting}}}
            <p>{{ contact.fields.by }} opened the account {{{Business}}} again. Everything stands as it stood; what was stopped when it was closed waits until somebody starts it.</p>
            {{{SystemLetterTexts.Button("Open the account")}}}
            """),
        _ => null,
    };
}
