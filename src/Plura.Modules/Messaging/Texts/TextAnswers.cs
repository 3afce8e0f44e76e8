using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>What we answer by ourselves: once that no more comes, that it comes again, and to HELP who writes here.</summary>
public static class TextAnswers
{
    public static TextContent Stopped(string language) => Of(Categories.StopConfirmation, language switch
    {
        "es" => "{{ account.name }}: No recibirá más mensajes de texto de nosotros. Responda START para volver a recibirlos.",
        "fr" => "{{ account.name }} : vous ne recevrez plus de SMS de notre part. Répondez START pour en recevoir à nouveau.",
        _ => "{{ account.name }}: You will get no more texts from us. Reply START to get them again.",
    });

    public static TextContent Started(string language) => Of(Categories.Transactional, language switch
    {
        "es" => "{{ account.name }}: Volverá a recibir nuestros mensajes. Responda STOP para no recibirlos, HELP para ayuda.",
        "fr" => "{{ account.name }} : vous recevrez à nouveau nos SMS. Répondez STOP pour ne plus en recevoir, HELP pour de l'aide.",
        _ => "{{ account.name }}: You get our texts again. Reply STOP to end them, HELP for help.",
    });

    /// <summary>R-11: who writes, how to reach them, what it costs, how to end it.</summary>
    public static TextContent Help(string language) => Of(Categories.HelpAnswer, language switch
    {
        "es" => "{{ account.name }}{% if account.phone %}, {{ account.phone }}{% endif %}{% if account.website %}, {{ account.website }}{% endif %}. Pueden aplicar tarifas de mensajes. Responda STOP para no recibir más.",
        "fr" => "{{ account.name }}{% if account.phone %}, {{ account.phone }}{% endif %}{% if account.website %}, {{ account.website }}{% endif %}. Des frais peuvent s'appliquer. Répondez STOP pour ne plus en recevoir.",
        _ => "{{ account.name }}{% if account.phone %}, {{ account.phone }}{% endif %}{% if account.website %}, {{ account.website }}{% endif %}. Message and data rates may apply. Reply STOP to end texts.",
    });

    private static TextContent Of(string category, string text) => new() { Text = text, Category = category };
}
