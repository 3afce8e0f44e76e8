using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Letters about a person's sign-in, and news from their accounts that they want by mail.</summary>
internal static class PersonLetterTexts
{
    private const string Device = "{{ contact.fields.device }}";

    /// <summary>Null for a kind that is not one of these.</summary>
    public static (string Subject, string Category, string Html)? Of(string kind) => kind switch
    {
        "notice" => ("{{ contact.fields.title }}", Categories.Transactional, $$$"""
            {{{SystemLetterTexts.Greeting}}}
            <p>{{ contact.fields.text }}</p>
            {{{SystemLetterTexts.Button("Have a look")}}}
            <p>You get this because you belong to {{ contact.fields.account }}. What comes by mail you choose under <a href="{{ contact.fields.root }}/me/notifications">Notifications</a>.</p>
            """),
        "notice_digest" => ("{{ contact.fields.account }}: {{ contact.fields.count }}", Categories.Transactional, $$$"""
            {{{SystemLetterTexts.Greeting}}}
            <p>What you were told in {{ contact.fields.account }} since the last letter of this kind, and have not read yet:</p>
            <p style="white-space:pre-line;line-height:1.8">{{ contact.fields.lines }}</p>
            {{{SystemLetterTexts.Button("Have a look")}}}
            <p>You get this once a day at most, because you chose so under <a href="{{ contact.fields.root }}/me/notifications">Notifications</a>.</p>
            """),
        "account_stop" => ("{{ contact.fields.account }}: {{ contact.fields.title }}", Categories.Security, $$$"""
            {{{SystemLetterTexts.Greeting}}}
            <p>{{ contact.fields.text }}</p>
            {{{SystemLetterTexts.Button("Have a look")}}}
            <p>You get this because you own {{ contact.fields.account }}. You can sign in and work as before; while sending is stopped, the page behind the button says why, and takes your answer.</p>
            """),
        "account_answer" => ("{{ contact.fields.account }} answered to a stop", Categories.Transactional, $$$"""
            <p>The people of {{ contact.fields.account }} wrote an answer. It waits in the review.</p>
            {{{SystemLetterTexts.Button("Read it and decide")}}}
            """),
        "reset_password" => ("Choose a new password", Categories.Security, $"""
            {SystemLetterTexts.Greeting}
            <p>Somebody, probably you, asked for a new password.</p>
            {SystemLetterTexts.Button("Choose a new password")}
            <p>The link works once, for one hour. If you did not ask, ignore this e-mail: your password stays as it is.</p>
            """),
        "password_changed" => ("Your password was changed", Categories.Security, $"""
            {SystemLetterTexts.Greeting}
            <p>Your password was changed just now, and you are signed out on all other devices. If it was you, there is nothing to do.</p>
            <p>If it was not you, choose a new one at once: whoever did it is signed out by that.</p>
            {SystemLetterTexts.Button("It was not me")}
            """),
        "code_failed" => ("Somebody knows your password", Categories.Security, $"""
            {SystemLetterTexts.Greeting}
            <p>Somebody signed in with your password and then entered wrong codes. Without the code nobody got in.</p>
            <p>If it was you, there is nothing to do. If it was not, choose a new password at once.</p>
            {SystemLetterTexts.Button("Choose a new password")}
            """),
        "sign_in_changed" => ("How you sign in was changed", Categories.Security, $$$"""
            {{{SystemLetterTexts.Greeting}}}
            <p>{{ contact.fields.what }}</p>
            <p>If it was you, there is nothing to do. If it was not, take it back and choose a new password at once: whoever did it is signed out by that.</p>
            {{{SystemLetterTexts.Button("Look at how you sign in")}}}
            """),
        "new_device" => ($"New sign-in: {Device}", Categories.Security, $$$"""
            {{{SystemLetterTexts.Greeting}}}
            <p>Somebody signed in as you on a device that we have not seen before:</p>
            <p><strong>{{{Device}}}</strong><br>{{ contact.fields.when }}</p>
            <p>If it was you, there is nothing to do. If it was not, press the button: everybody is signed out, whatever was added to your sign-in since is taken away, and you choose a new password.</p>
            {{{SystemLetterTexts.Button("It was not me")}}}
            <p>The link works for seven days.</p>
            """),
        "email_change_asked" => ("Your e-mail address is about to change", Categories.Security, $"""
            {SystemLetterTexts.Greeting}
            <p>Somebody who knows your password asked that you sign in by another e-mail address from now on. It changes as soon as the other address is confirmed.</p>
            <p>If it was you, there is nothing to do. If it was not, stop it:</p>
            {SystemLetterTexts.Button("Stop this")}
            <p>The link works for seven days, also once the address has changed.</p>
            """),
        "email_change_confirm" => ("Confirm your new e-mail address", Categories.Security, $"""
            {SystemLetterTexts.Greeting}
            <p>You asked to sign in by this address from now on. One click, and it is yours:</p>
            {SystemLetterTexts.Button("Use this address")}
            <p>The link works once, for one day. If you did not ask for it, ignore this e-mail: without the click nothing happens.</p>
            """),
        "email_taken" => ("Somebody wanted to use your address", Categories.Security, $"""
            {SystemLetterTexts.Greeting}
            <p>Somebody, perhaps you, wanted to sign in to another account by this address. You have an account with it already, so we changed nothing.</p>
            {SystemLetterTexts.Button("Sign in")}
            <p>If it was not you, there is nothing to do: nobody learned that you have an account.</p>
            """),
        "email_changed" => ("Your e-mail address has changed", Categories.Security, $"""
            {SystemLetterTexts.Greeting}
            <p>From now on you sign in by another address, which was confirmed just now. Nothing concerning your sign-in comes to this one any more.</p>
            <p>If it was not you, take it back:</p>
            {SystemLetterTexts.Button("Undo the change")}
            <p>The link works until seven days after the change was asked for.</p>
            """),
        "email_welcome" => ("You sign in by this address now", Categories.Security, $"""
            {SystemLetterTexts.Greeting}
            <p>Your e-mail address has changed: from now on you sign in by this one. Your password is the same.</p>
            {SystemLetterTexts.Button("Sign in")}
            """),
        "sign_in_deleted" => ("Your sign-in is deleted", Categories.Security, $"""
            {SystemLetterTexts.Greeting}
            <p>You deleted your sign-in, and it is done: your name, your address, your password and everything else by which you signed in are gone, and you are signed out everywhere. What you did in accounts stays in their logs without your name. That you accepted our terms stays on record, without your name too.</p>
            <p>This is the last letter to this address. We forget the address itself within 30 days.</p>
            <p>If it was not you, write to us at once:</p>
            {SystemLetterTexts.Button("Write to us")}
            """),
        _ => null,
    };
}
