export const calculation = {
  title: 'Wie wird das berechnet?',
  close: 'Schließen',
  silence: 'Wann ist der Chat still?',
  silenceText:
    'Wenn mehr als zwei Minuten ohne Nachricht vergehen. Die Ausfallzeit beginnt zwei Minuten nach der letzten Nachricht und endet mit der nächsten.',
  messages: 'Zwei Nachrichten nacheinander',
  downtime: 'Ausfallzeit',
  apartTwo: 'Genau zwei Minuten auseinander',
  none: 'Keine',
  apartLong: 'Um 10:28 und 11:00',
  apartLongDowntime: '30 Minuten, von 10:30 bis 11:00',
  channels:
    'Die Nachrichten aller Kanäle zählen gemeinsam. Wenn Sie einen Kanal wählen, zählen nur seine. Das Gespräch eines Ausfalls ist das der letzten Nachricht davor.',
  availability: 'Was ist die Verfügbarkeit?',
  availabilityText:
    'Der Anteil der beobachteten Zeit, in dem der Chat nicht still war. Die Zeit vor der allerersten Nachricht und die Zukunft sind nicht beobachtet: Sie zählen weder als verfügbar noch als Ausfall. In der API heißt dieser Anteil observed_availability_percentage; availability_percentage zählt nicht beobachtete Zeit als verfügbar. Prozente sind abgerundet, 100 % heißt also: keinerlei Ausfallzeit.',
  edges: 'Was gilt am Rand des Zeitraums?',
  edgesText:
    'Stille, die vor dem Zeitraum begann oder an seinem Ende andauert, zählt für den Teil, der im Zeitraum liegt. Wenn Sie das unter „Regeln“ ausschalten, zählt nur die Zeit zwischen zwei Nachrichten des Zeitraums.',
  hours: 'Was gilt bei Öffnungszeiten?',
  hoursText:
    'Wenn Ihre Organisation Öffnungszeiten hat, zählt nur die Zeit darin, auch bei den zwei Minuten: Solange geschlossen ist, steht die Uhr. Feiertage und andere Ausnahmen ersetzen die Zeiten eines Tages, und Ausschlüsse wie Wartung zählen nicht. Unter „Regeln“ können Sie stattdessen die ganze Zeit zählen.',
  weekend: 'Fr 17:57 und Mo 9:30, geöffnet Mo–Fr 9–18',
  weekendDowntime: '31 Minuten: 1 am Freitag, 30 am Montag',
  budget: 'Was ist das Fehlerbudget?',
  budgetText:
    'Die Ausfallzeit, die Ihr Ziel erlaubt: 99,5 % von 30 Tagen erlauben 3 Stunden 36 Minuten. Das Budget eines Monats ist das des ganzen Monats, auch solange er läuft. Für andere Zeiträume ist es das der beobachteten Zeit.',
  before: 'Was heißt „davor“?',
  beforeText:
    'Ebenso viele Tage direkt vor dem Zeitraum. Ein Monat wird mit demselben Teil des Vormonats verglichen, beide nach denselben Regeln. Nichts gilt als besser oder schlechter, wenn der Zeitraum davor nur zum Teil beobachtet ist oder deutlich weniger Kanäle hatte.',
  api: 'Dieselben Zahlen über die API abfragen',
};
