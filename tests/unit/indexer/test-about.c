/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-about.h"
#include "trk-conference.h"
#include "trk-vevent.h"

#include <string.h>

/* What an event is about: where its people meet, its alarms, how busy it makes. */

static TrkComponent *
event (const char *lines)
{
  g_autofree char *text = g_strdup_printf ("BEGIN:VEVENT\n%s\nEND:VEVENT\n", lines);

  return trk_component_parse (text, strlen (text), 1);
}

static void
test_conference (void)
{
  static const struct
  {
    const char *lines, *link;
  } table[] = {
    { "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+49-30-1\n"
      "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://video.example.org/x",
      "https://video.example.org/x" },
    { "DESCRIPTION:https://zoom.us/j/1\nX-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij",
      "https://meet.google.com/abc-defg-hij" },
    { "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/19%3a",
      "https://teams.microsoft.com/l/meetup-join/19%3a" },
    { "DESCRIPTION:Microsoft Teams meeting\\nJoin\\: <https://teams.microsoft.com/l/meetup-join/"
      "19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%22y%22%7d>\\nLearn more",
      "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/"
      "0?context=%7b%22Tid%22%3a%22y%22%7d" },
    { "LOCATION:https://us02web.zoom.us/j/81234?pwd=aBc.1\nDESCRIPTION:https://zoom.us/j/2",
      "https://us02web.zoom.us/j/81234?pwd=aBc.1" },
    { "URL:https://meet.jit.si/OurRoom", "https://meet.jit.si/OurRoom" },
    { "CONFERENCE:hTTpS://Meet.jit.si/OurRoom", "https://Meet.jit.si/OurRoom" },
    { "DESCRIPTION:[FaceTime]\\nhttps://facetime.apple.com/join#v=1&p=x&k=y\\n---",
      "https://facetime.apple.com/join#v=1&p=x&k=y" },
    { "DESCRIPTION:join https://nam02.safelinks.protection.outlook.com/"
      "?url=https%3A%2F%2Fzoom.us%2Fj%2F9%3Fpwd%3Dq&data=05%7C01 now",
      "https://zoom.us/j/9?pwd=q" },
    { "DESCRIPTION:Reminder: \nX-ALT-DESC;FMTTYPE=text/html:<a "
      "href=\"https://company.webex.com/m/1?a=1&amp;b=2\">Join</a>",
      "https://company.webex.com/m/1?a=1&b=2" },
    { "DESCRIPTION:our own https://bbb.example.org/b/room.", "https://bbb.example.org/b/room" },
    /* no conference, or nothing that may be opened */
    { "URL:https://example.org/agenda", NULL },
    { "DESCRIPTION:https://notzoom.us/j/1 https://zoom.us.example.org/", NULL },
    { "X-GOOGLE-CONFERENCE:javascript:alert(1)", NULL },
    { "CONFERENCE:file:///etc/passwd", NULL },
    { "DESCRIPTION:https://x.safelinks.protection.outlook.com/?url=file%3A%2F%2F%2Fetc", NULL },
    { "DESCRIPTION:http", NULL },
    { "SUMMARY:nothing", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TrkComponent) component = event (table[i].lines);
      g_autofree char *link = trk_conference_find (component);

      g_assert_cmpstr (link, ==, table[i].link);
    }
}

/* All forms of TRIGGER, of an event of an hour at noon UTC; minutes before its start, 9999:
 * none. */
static void
test_triggers (void)
{
  static const struct
  {
    const char *alarm;
    int minutes;
  } table[] = {
    { "ACTION:DISPLAY\nTRIGGER:-PT15M", 15 },
    { "ACTION:DISPLAY\nTRIGGER;RELATED=START:-PT5M", 5 },
    { "ACTION:DISPLAY\nTRIGGER;VALUE=DURATION:-P1D", 24 * 60 },
    { "ACTION:DISPLAY\nTRIGGER:-P1W", 7 * 24 * 60 },
    { "ACTION:display\nTRIGGER:P0D", 0 },
    { "ACTION:DISPLAY\nTRIGGER:PT10M", -10 },
    { "ACTION:DISPLAY\nTRIGGER;RELATED=END:-PT15M", -45 },
    { "ACTION:DISPLAY\nTRIGGER;RELATED=END:PT0S", -60 },
    { "ACTION:DISPLAY\nTRIGGER;VALUE=DATE-TIME:20260302T113000Z", 30 },
    { "ACTION:DISPLAY\nTRIGGER;VALUE=DATE-TIME:20260302T123000Z", -30 },
    /* only what shows something, and only what can be read */
    { "ACTION:AUDIO\nTRIGGER:-PT15M", 9999 },
    { "ACTION:EMAIL\nTRIGGER:-PT15M\nATTENDEE:mailto:a@example.org", 9999 },
    { "ACTION:NONE\nTRIGGER;VALUE=DATE-TIME:19760401T005545Z", 9999 },
    { "ACTION:DISPLAY", 9999 },
    { "ACTION:DISPLAY\nTRIGGER:soon", 9999 },
    { "ACTION:DISPLAY\nTRIGGER;VALUE=DATE-TIME:20260302T113000", 9999 },
    { "TRIGGER:-PT15M", 9999 },
  };
  const TrkInstant noon = (trk_day_from_ymd (2026, 3, 2) * 24 + 12) * TRK_HOUR;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *lines = g_strdup_printf ("BEGIN:VALARM\n%s\nEND:VALARM", table[i].alarm);
      g_autoptr (TrkComponent) component = event (lines);
      g_autoptr (TrkOccurrence) about = trk_occurrence_new ();

      g_test_message ("%s", table[i].alarm);
      trk_about_fill (about, component, (TrkLength){ .exact = TRK_HOUR }, noon);
      g_assert_cmpint (about->leads != NULL, ==, table[i].minutes != 9999);
      if (about->leads != NULL)
        g_assert_cmpint (g_array_index (about->leads, TrkDuration, 0), ==,
                         table[i].minutes * TRK_MINUTE);
    }
}

/* TRANSP decides; without it Outlook's own word does. */
static void
test_transparency (void)
{
  static const struct
  {
    const char *lines;
    gboolean transparent;
    TrkStatus status;
  } table[] = {
    { "TRANSP:TRANSPARENT", TRUE, TRK_STATUS_CONFIRMED },
    { "TRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", FALSE, TRK_STATUS_CONFIRMED },
    { "X-MICROSOFT-CDO-BUSYSTATUS:FREE", TRUE, TRK_STATUS_CONFIRMED },
    { "X-MICROSOFT-CDO-BUSYSTATUS:OOF", FALSE, TRK_STATUS_CONFIRMED },
    { "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", FALSE, TRK_STATUS_TENTATIVE },
    { "STATUS:CONFIRMED\nX-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", FALSE, TRK_STATUS_CONFIRMED },
    { "STATUS:tentative", FALSE, TRK_STATUS_TENTATIVE },
    { "STATUS:CANCELLED", FALSE, TRK_STATUS_CANCELLED },
    { "STATUS:CANCELLED ", FALSE, TRK_STATUS_CANCELLED },
    { "STATUS:CANCELLEDX\nTRANSP:TRANSPARENTLY", FALSE, TRK_STATUS_CONFIRMED },
    { "TRANSP:1", TRUE, TRK_STATUS_CONFIRMED },
    { "TRANSP:0\nSTATUS:NEEDS ACTION", FALSE, TRK_STATUS_CONFIRMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TrkComponent) component = event (table[i].lines);
      g_autoptr (TrkOccurrence) about = trk_occurrence_new ();

      g_test_message ("%s", table[i].lines);
      trk_about_fill (about, component, (TrkLength){ 0 }, TRK_NEVER);
      g_assert_cmpint (about->transparent, ==, table[i].transparent);
      g_assert_cmpint (about->status, ==, table[i].status);
    }
}

/* Who is asked, and who said no; an address is one however it is written. */
static void
test_people (void)
{
  g_autoptr (TrkComponent) component =
      event ("ATTENDEE;CN=\"A; B\";PARTSTAT=ACCEPTED:mailto:a@example.org\n"
             "ATTENDEE;PARTSTAT=declined:MAILTO: b@example.org\n"
             "ATTENDEE;EMAIL=c@example.org;PARTSTAT=DECLINED:invalid:nomail\n"
             "ATTENDEE;PARTSTAT=TENTATIVE:mailto:d@example.org\n"
             "ATTENDEE;PARTSTAT=NEEDS-ACTION:urn:uuid:5");
  g_autoptr (TrkOccurrence) about = trk_occurrence_new ();
  g_autofree char *all = NULL, *declined = NULL;

  trk_about_fill (about, component, (TrkLength){ 0 }, TRK_NEVER);
  all = g_strjoinv (" ", about->attendees);
  declined = g_strjoinv (" ", about->declined);
  g_assert_cmpstr (all, ==, "a@example.org b@example.org c@example.org d@example.org urn:uuid:5");
  g_assert_cmpstr (declined, ==, "b@example.org c@example.org");
}

/* The alarms of vCalendar 1.0, minutes before each start; "": none. */
static void
test_old_alarms (void)
{
  static const char *const table[][2] = {
    { "DTSTART:20260302T090000Z\nDALARM:20260302T084500Z;PT5M;3;Wake up", "15" },
    { "DTSTART:20260302T090000Z\nAALARM;TYPE=WAVE;VALUE=CONTENT-ID:20260302T080000Z;;1;<x>", "60" },
    { "DTSTART:20260302T090000\nRRULE:D1 #0\nDALARM:20260302T084500", "15" },
    { "DTSTART:20260302T090000Z\nDALARM:20260302T084500Z\nAALARM:20260302T084500Z\n"
      "AALARM:20260302T090000Z",
      "15 0" },
    { "DTSTART:20260302\nDALARM:20260301T180000", "360" },
    /* no time, or one that cannot be set beside the start's */
    { "DTSTART:20260302T090000Z\nDALARM:\nAALARM:;;;\nDALARM:soon", "" },
    { "DTSTART:20260302T090000Z\nDALARM:20260302T084500", "" },
    { "DTSTART:20260302T090000Z\nDALARM:20260302", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TrkZoneNames) names = trk_zone_names_new ();
      char *text = g_strdup_printf ("BEGIN:VCALENDAR\nVERSION:1.0\nBEGIN:VEVENT\n%s\nEND:VEVENT\n"
                                    "END:VCALENDAR\n",
                                    table[i][0]);
      g_autoptr (TrkFile) file = trk_file_new ("old", "/old.vcs", text, strlen (text));
      g_autoptr (TrkVevent) read =
          trk_vevent_parse (file, &g_array_index (file->events, TrkEventRange, 0), "", names);
      g_autoptr (GString) got = g_string_new (NULL);

      g_test_message ("%s", table[i][0]);
      for (guint k = 0; read->about->leads != NULL && k < read->about->leads->len; k++)
        g_string_append_printf (
            got, "%s%d", k > 0 ? " " : "",
            (int) (g_array_index (read->about->leads, TrkDuration, k) / TRK_MINUTE));
      g_assert_cmpstr (got->str, ==, table[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/about/conference", test_conference);
  g_test_add_func ("/about/triggers", test_triggers);
  g_test_add_func ("/about/old-alarms", test_old_alarms);
  g_test_add_func ("/about/transparency", test_transparency);
  g_test_add_func ("/about/people", test_people);
  return g_test_run ();
}
