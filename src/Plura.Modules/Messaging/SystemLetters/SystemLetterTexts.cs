using System.Net;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>What the installation itself writes. Facts of the occasion stand under <c>contact.fields</c>; links are made when a letter is written.</summary>
internal static class SystemLetterTexts
{
    /// <param name="kind">The letter's template.</param>
    /// <param name="sender">The operator's account, from whose address it leaves.</param>
    /// <param name="brand">Whose name and colour it wears; null for the installation's own.</param>
    public static LetterContent Of(string kind, AccountCard sender, BrandCard? brand = null)
    {
        var (subject, category, html) = kind switch
        {
            "confirm_email" => ("Confirm your e-mail address", Categories.Security, $"""
                {Greeting}
                <p>One click and your account is ready:</p>
                {Button("Confirm my e-mail address")}
                <p>The link works once, for one day. If you did not sign up, ignore this e-mail: without the click nothing happens.</p>
                """),
            "already_registered" => ("You already have an account", Categories.Security, $"""
                {Greeting}
                <p>Somebody, probably you, tried to sign up with this address. You already have an account, so we made no second one.</p>
                {Button("Sign in")}
                <p>If it was not you, there is nothing to do: nobody learned that you have an account.</p>
                """),
            "invitation" => ("You are invited to {{ contact.fields.business }}", Categories.Transactional, $$$"""
                <p>Hello,</p>
                <p>{{ contact.fields.by | default: 'Somebody' }} invites you to work in {{ contact.fields.business }}. Open the invitation to see what it is about, and take it there:</p>
                {{{Button("Open the invitation")}}}
                <p>The link is good for seven days and only for this address. If you do not know what this is about, ignore this e-mail: without you nothing happens.</p>
                """),
            "contact_form" => ("Message from {{ contact.fields.name | default: 'a visitor' }}", Categories.Transactional, """
                <p>{{ contact.fields.name }} (<a href="mailto:{{ contact.fields.email }}">{{ contact.fields.email }}</a>) wrote through the contact page:</p>
                <blockquote style="margin:0;padding:8px 16px;border-left:3px solid #d5d9de;white-space:pre-line">{{ contact.fields.message }}</blockquote>
                """),
            "account_offer" => ("{{ contact.fields.agency }} opened an account for {{ contact.fields.business }}", Categories.Transactional, $$$"""
                <p>Hello,</p>
                <p>{{ contact.fields.agency }} has opened an account for {{ contact.fields.business }} and asks you to be its owner. It belongs to you: nobody sees what is in it unless you let them in.</p>
                {{{Button("Take it over")}}}
                <p>The link is good for seven days and only for this address. If this does not concern you, ignore this e-mail: nothing happens.</p>
                """),
            StrangerWatch.Letter => ("Messages left that nobody allowed: {{ contact.fields.count }}", Categories.Security, $$$"""
                <p>Every night we compare what left with what was allowed. Last night we found this many messages of which no decision on record says that they may go: <strong>{{ contact.fields.count }}</strong>. A program or a person sent them past the product.</p>
                {{{Button("See which")}}}
                <p>Your mail server’s log tells under the Message-ID when a message left and from where. You get no second letter about the same message.</p>
                """),
            _ => PersonLetterTexts.Of(kind) ?? ClosingLetterTexts.Of(kind) ?? throw new InvalidOperationException($"There is no system letter called {kind}."),
        };
        if (brand?.Accent is { } accent)
            html = html.Replace(OwnAccent, accent, StringComparison.Ordinal);
        if (brand?.Logo is { } logo)
            html = $"""<p style="margin:0 0 24px"><img src="{logo}" alt="{Literal(brand.Name)}" height="32" style="height:32px;max-width:240px"></p>""" + "\n" + html;
        return new LetterContent { Subject = subject, Html = html, FromName = brand?.Name ?? sender.SenderName, FromEmail = From(sender.SenderEmail, brand), Category = category };
    }

    /// <summary>The operator's mailbox, at the agency's domain where it is confirmed.</summary>
    private static string From(string own, BrandCard? brand) => brand?.MailDomain is { } domain ? own[..own.LastIndexOf('@')] + "@" + domain : own;

    // A name is no template and no markup.
    private static string Literal(string text) => WebUtility.HtmlEncode(text).Replace("{", "&#123;", StringComparison.Ordinal);

    /// <summary>The colour of the buttons, unless an agency has its own.</summary>
    private const string OwnAccent = "#0b5d57";

    internal const string Greeting = "<p>Hello{% if contact.first_name %} {{ contact.first_name }}{% endif %},</p>";

    internal static string Button(string text) =>
        $$$"""<p style="margin:24px 0"><a href="{{ contact.fields.link }}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0b5d57;color:#ffffff;font-weight:600;text-decoration:none">{{{text}}}</a></p>""";
}
